"""Errors planted in the problems on tables and arrays: file, old, new, functions, tests."""

ROOM = "src/slopes/trial/problems/"
ARRAYS = "tests/trial/problems/test_arrays.py"
TABLE = "tests/trial/problems/test_table.py"
IMAGES = "tests/trial/problems/test_image_files.py"
ALL_ROWS = "fit(pd.concat([table.training, table.test])).transform(table.training)"

TABLES = (
    (ROOM + "targets.py", "min(len(members) - 1, max(1,", "min(len(members), max(1,", "", ARRAYS),
    (ROOM + "targets.py", "cls(rows.mean(axis=0),", "cls(0 * deviation,", "", ARRAYS),
    (ROOM + "targets.py", "np.abs(outputs - y) * self.deviation", "np.abs(outputs - y)", "", ARRAYS),
    (ROOM + "arrays.py", "x, y = x[order], y[order]", "pass", "", ARRAYS),
    (ROOM + "arrays.py", "targets.make(self.y[kept],", "targets.make(self.y,", "", ARRAYS),
    (ROOM + "table/problem.py", "fit_transform(table.training)", ALL_ROWS, "", TABLE),
    (ROOM + "table/problem.py", "type(self)(self.table.for_search(), ", "type(self)(self.table, ", "", TABLE),
    (ROOM + "table/reading.py", "if is_counter(column) and not few:", "if False:", "", TABLE),
    (ROOM + "images/reading.py", "in order], labels[order]", "in order], labels", "", IMAGES),
)  # fmt: skip
