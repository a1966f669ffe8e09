"""What a new version of a service changes: for whom, in which direction, and whether the tariff is touched.

Two facts differ if they mean something else: layout, order and remarks are never a change. Every change is of a kind in
`kinds`; reading a change backwards gives its mirror.
"""
