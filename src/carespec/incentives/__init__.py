"""What a contract's payments reward: the best way of behaving under them, set beside the treatment that is indicated.

From bottom to top: `episode` is one course of treatment as a decision problem, without any chance in it; `patterns` are
the ways in which a rewarded course can leave the indicated one, a file each; `text` proves from the contract alone, in
pure Python, what holds on every path of events; the modules here add costs and chances, with numpy.
"""
