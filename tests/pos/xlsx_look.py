"""Opens a workbook with nothing but the standard library and prints one cell a line: address, type, value."""
import re
import sys
import zipfile

book = zipfile.ZipFile(sys.argv[1])
sheet = book.read("xl/worksheets/sheet1.xml").decode()
formats = re.findall(r'formatCode="([^"]*)"', book.read("xl/styles.xml").decode())
for address, attributes, inside in re.findall(r'<c r="(\w+)"([^>]*?)>(.*?)</c>', sheet):
    kind = "text" if 't="inlineStr"' in attributes else "number"
    print(address, kind, re.sub(r"<[^>]*>", "", inside))
print("formats", " ".join(sorted(formats)))
