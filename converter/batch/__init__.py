"""Many documents: what there is to do, who does it, what is known from before.

1. ``listing``      which files a folder holds that a reader knows
2. ``tasks``        what there is to do, each a value: convert a source, read one, bind a book,
                    write one of its editions
3. ``cache``        what a task made before, found again by ``identity`` of all that it depends on
4. ``workers``      do what is left, and outlive what dies, hangs or grows
5. ``outcome``      what comes of a task: a small value, told in the order of the plan
"""
