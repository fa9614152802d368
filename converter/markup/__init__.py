"""What the readers of marked-up sources share, from bytes to blocks.

    bytes -> text (encoding) -> Page (page) -> marks (notes) -> blocks (build)

A ``Page`` knows its visible text and what has become of every character of it. A mark says which
nodes stand in the place of an element: a call, a page break, nothing at all. ``thread`` puts
comments in order, ``wordpress`` knows the dialect of posts, ``dates`` and ``links`` read values.
"""
