"""Master.csv as the usual importer writes it: one INSERT a row, each committed by itself."""

import csv
import sys


def literal(text):
    return "'" + text.replace("'", "''") + "'" if text else "NULL"


with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for record in csv.reader(file):
        values = ", ".join(literal(field) for field in record)
        sys.stdout.write(f"INSERT INTO peer.cdr VALUES ({values}) ON CONFLICT DO NOTHING;\n")
