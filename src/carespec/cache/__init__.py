"""Results of earlier runs, in the user's cache folder: what has not changed is not worked out again.

Nothing is trusted that is not known to be the same. A key is made of the program's own files, of every setting that
bears on a result and of the bytes of each file; what is read back is held to a checksum. A cache that is damaged, or
cannot be read or written, is as good as none: it costs time and never changes an answer.

Two kinds are kept. A whole run, so that one over files that are all unchanged need not even load the language; and the
result of each file, so that a run over a thousand files of which one has changed works that one out.
"""
