# make run, make test, make bench, make soak, make pages, make pictures, make bundle: each first brings the machine and .venv up to what it needs.

PYTHON := .venv/bin/python
PACKAGING := resources/packaging

.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak pages pictures bundle deb test-deb test-debian13 test-windows machine

help:
	@echo "make run     start the program"
	@echo "make test    style, types, import rules and all tests"
	@echo "make lint    the same without the tests"
	@echo "make bench   measure the speed"
	@echo "make soak    long random runs"
	@echo "make pages   pictures of the PDF beside LibreOffice's pages, in dist/pages/"
	@echo "make pictures  pictures of the window, light, dark and at 150 %, in dist/pictures/, and those of manual and README;"
	@echo "               BEFORE=COMMIT: that commit's beside them"
	@echo "make bundle  a folder in dist/ that runs without Python"
	@echo "make deb     a Debian package in dist/ (统信 UOS, 麒麟, Debian; amd64)"
	@echo "make test-deb  the same, installed on a bare Debian, used there and removed (as root)"
	@echo "make test-windows  built as on Windows, installed and used there, under Wine; pictures in dist/windows/ (as root, an hour)"
	@echo "make test-debian13  make run and make test from a bare clone on a bare Debian 13 (as root)"

machine:
	@sh $(PACKAGING)/machine.sh run

# The stamp is written last, so that an interrupted installation is repeated.
.venv/.ready: pyproject.toml $(PACKAGING)/constraints.txt $(PACKAGING)/venv.sh
	@sh $(PACKAGING)/venv.sh dev
	@touch $@

.venv/.ready-bundle: .venv/.ready
	@sh $(PACKAGING)/venv.sh dev,bundle
	@touch $@

run: machine .venv/.ready
	@$(PYTHON) main.py

# A checker that succeeds has nothing to say; whatever it does say (a warning, too) stops the build.
quietly = @out=$$($(1) 2>&1) && [ -z "$$out" ] || { printf '%s\n' "$$out"; exit 1; }

lint: .venv/.ready
	$(call quietly,$(PYTHON) -m ruff check --quiet)
	$(call quietly,$(PYTHON) -m mypy --no-error-summary)
	@out=$$(.venv/bin/lint-imports --no-logo 2>&1) || { printf '%s\n' "$$out"; exit 1; }

# Tests that need a real window start a display of their own, and mostly wait for it: four at a time keep two cores busy.
test: machine lint
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 4 --dist worksteal -m "not soak"

bench: machine .venv/.ready
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.benchmarks

soak: machine .venv/.ready
	@GOALFORM_SOAK=1 QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 -m soak -o faulthandler_timeout=0

pages: machine .venv/.ready
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.page_pictures

pictures: machine .venv/.ready
	@sh $(PACKAGING)/machine.sh tests
	@$(PYTHON) -m tests.pictures

bundle: machine .venv/.ready-bundle
	@sh $(PACKAGING)/machine.sh bundle
	@sh $(PACKAGING)/bundle.sh

deb: bundle
	@sh $(PACKAGING)/deb.sh

test-deb: deb
	@sh $(PACKAGING)/machine.sh deb
	@GOALFORM_DEB="$$(ls -t dist/*.deb | head -n 1)" QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/packaging

test-windows: .venv/.ready
	@sh $(PACKAGING)/machine.sh windows
	@sh $(PACKAGING)/windows/wine/trial.sh

test-debian13:
	@sh $(PACKAGING)/machine.sh clone
	@sh $(PACKAGING)/bare_clone.sh trixie
