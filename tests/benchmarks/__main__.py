"""Prints every figure: the median of at least five runs, and its ratio to a floor measured in turn with it."""

import os
import platform
import resource

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import (
    checking,
    exporting,
    importing,
    paging,
    painting,
    reporting,
    saving,
    searching,
    starting,
    typing_in,
)

print(
    f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores; medians\n"
)
starting.window()
starting.bundle()
exporting.word()
exporting.excel()
exporting.converting()
paging.pagination()
paging.ten_times()
painting.pdf()
painting.preview()
typing_in.at_the_desk()
saving.one_field()
saving.opening()
importing.text()
importing.word()
importing.excel()
checking.checking()
checking.stuck_keys()
checking.many_files()
reporting.one_result()
reporting.judged()
reporting.files()
searching.keystroke()
searching.recommending()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"\npeak memory of this process, all of the above: {peak:.0f} MB")
