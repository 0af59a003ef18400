#!/usr/bin/python3
"""Questions in plain language on ten tables of 10 million rows: until they are read, and until they are answered.

    bench/ask.py [--rows N] [--verbose]
"""

import argparse
import statistics
import sys
import time

from measure import BINARY, Server, report

# Name, share of all rows, and the columns by the number of a row (i) and of all rows of other tables.
TABLES = [
    ("regions", 0, "i AS region_id, 'Region ' || i AS region_name"),
    ("countries", 0, "i AS country_id, 'Country ' || i AS country_name, i % {regions} AS region_id"),
    ("categories", 0, "i AS category_id, ['Tents', 'Shoes', 'Jackets', 'Stoves', 'Ropes'][i % 5 + 1] || ' ' || i "
                      "AS category_name"),
    ("products", 0, "i AS product_id, 'Product ' || i AS product_name, i % {categories} AS category_id, "
                    "(i * 37 % 10000) / 100.0 AS unit_price"),
    ("stores", 0, "i AS store_id, 'Store ' || i AS store_name, i % {countries} AS country_id, 1990 + i % 30 AS opened"),
    ("employees", 0, "i AS employee_id, 'Employee ' || i AS employee_name, i % {stores} AS store_id, "
                     "20000 + i * 13 % 60000 AS salary"),
    ("customers", 0.02, "i AS customer_id, 'Customer ' || i AS customer_name, i % {countries} AS country_id, "
                        "['web', 'store', 'partner'][i % 3 + 1] AS segment"),
    ("orders", 0.3, "i AS order_id, i * 7919 % {customers} AS customer_id, i % {stores} AS store_id, "
                    "DATE '2021-01-01' + (i % 1460)::INT AS order_date, "
                    "['completed', 'returned', 'cancelled'][i * 31 % 3 + 1] AS status"),
    ("order_items", 0.6, "i AS order_item_id, i % {orders} AS order_id, i * 104729 % {products} AS product_id, "
                         "1 + i % 5 AS quantity, (i * 37 % 10000) / 100.0 AS amount"),
    ("payments", 0.08, "i AS payment_id, i % {orders} AS order_id, (i * 53 % 20000) / 100.0 AS paid, "
                       "['card', 'cash', 'transfer'][i % 3 + 1] AS method"),
]
SMALL = {"regions": 5, "countries": 60, "categories": 20, "products": 5000, "stores": 500, "employees": 2000}

QUESTIONS = [
    "How many orders are there?", "total amount by category name", "top 5 products by amount", "amount by month",
    "how many orders in 2023", "number of orders by status", "average salary of the employees by store name",
    "which country has the most customers?", "customers without orders", "how many returned orders per country",
    "total paid by method", "amount by segment in 2022", "top 10 customers by amount", "number of stores per country",
    "which store has the highest amount?", "how many customers are in the web segment?", "orders of Customer 77",
    "average unit price per category name", "employees with a salary above the average",
    "amount by region name and year", "products with a unit price between 20 and 30", "orders per weekday",
    "share of amount by category name", "median salary", "second highest salary", "stores opened before 2000",
    "how many orders were cancelled last year?", "amount of Tents 0 by month", "monthly growth of amount",
    "number of order items per order status", "how many diferent customers ordered in 2024?", "cumulative amount by month",
    "total quantity by product name", "which month had the most orders?", "average amount per order",
    "how many payments by card above 150?", "amount by store name for Country 7", "lowest unit price",
    "summary of my data", "what are the main trends?",
]


def fill(person, rows):
    sizes = {name: SMALL.get(name) or int(rows * share) for name, share, _ in TABLES}
    for name, _, columns in TABLES:
        sql = f"SELECT {columns.format(**sizes)} FROM range({sizes[name]}) t(i)"
        response = person.post("/api/queries/export", {"sql_query": sql, "format": "parquet"}, timeout=600)
        assert response.status_code == 200, response.text[:500]
        person.load(f"{name}.parquet", response.content)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--verbose", action="store_true", help="each question with its times")
    arguments = parser.parse_args()
    server = Server(BINARY, settings={"QUERY_TIMEOUT_SECONDS": 600}).start()
    try:
        person = server.sign_up()
        fill(person, arguments.rows)
        person.ask("How many stores are there?")
        reading, whole, kinds = [], [], {}
        for question in QUESTIONS:
            begin = time.perf_counter()
            response = person.ask(question)
            whole.append((time.perf_counter() - begin) * 1000)
            assert response.status_code == 200, response.text[:500]
            answer = response.json()
            kinds[answer["status"]] = kinds.get(answer["status"], 0) + 1
            if answer.get("receipt"):
                reading.append(answer["receipt"]["reading_ms"])
            if arguments.verbose:
                read = f"{reading[-1]:8.1f} ms" if answer.get("receipt") else "          –"
                print(f"{read}  {whole[-1]:8.1f} ms  {answer['status']:<14} {question}")
        reading.sort()
        print(f"{len(QUESTIONS)} questions: {', '.join(f'{count} {name}' for name, count in kinds.items())}")
        report("an answer on 10 tables over HTTP, median", statistics.median(whole), "ms")
        report("a question on 10 tables is read, median", statistics.median(reading), "ms")
        met = report("a question on 10 tables is read, 95th percentile", reading[int(len(reading) * 0.95)], "ms", 150)
    finally:
        server.remove()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
