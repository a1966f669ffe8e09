"""Services as YAML and JSON, equal to the language: data comes in as the lines that it stands for, and goes out again.

There is one door into facts. What a YAML or JSON file says is written as lines of the language, and those are read as
any others; a map takes whatever is found in them back to the place in the file. docs/exchange.md has the shape.
"""
