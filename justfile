# `just` lists the recipes; `just pipeline` makes the dataset of the bundled pages; `just test` runs every test.

set shell := ["bash", "-euo", "pipefail", "-c"]

# One target folder for everything, so that polars compiles once: the environment's, else the user's cache, else ./target.
cached := cache_directory() / "solieu/target"
export CARGO_TARGET_DIR := env("CARGO_TARGET_DIR", if path_exists(cached) == "true" { cached } else { justfile_directory() / "target" })

solieu := CARGO_TARGET_DIR / "release/solieu"

# Show the recipes.
[private]
default:
    @just --list --unsorted

# Pages to dataset: `just pipeline my-pages/ --out result/`; the bundled pages into out/ unless told otherwise.
[positional-arguments]
pipeline *ARGS: build
    @if [ "$#" -eq 0 ]; then set -- data/samples --out out; fi; "{{ solieu }}" pipeline "$@"

# The whole night, as a scheduler runs it: fetch, archive, read what is new, export.
[positional-arguments]
nightly *ARGS: build
    @"{{ solieu }}" nightly "$@"

# Any other command of the program: `just solieu show data/samples/PAGE.html`.
[positional-arguments]
solieu *ARGS: build
    @"{{ solieu }}" "$@"

# Every test, those in Python too (they make a virtual environment of their own).
test *ARGS:
    cargo test --release --workspace {{ ARGS }}

# All of CI.
ready: format lint docs deny test

# Is the code formatted?
format:
    cargo fmt --all --check

# Lints; a warning is an error.
lint:
    cargo clippy --release --workspace --all-targets -- -D warnings

# Builds the documentation; a warning is an error.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --release --workspace --no-deps

# Licences, sources and doubles of the dependencies.
deny:
    command -v cargo-deny > /dev/null || cargo install --locked cargo-deny@0.20.2
    cargo deny --config .cargo/deny.toml check licenses bans sources

# Rewrites the committed reports and expected files; read the diff before you commit it.
accept:
    UPDATE=1 cargo test --release --workspace

# Benchmarks; compare times on one quiet machine only. The whole workspace, so that polars keeps
# the features it was built with and is not built again.
bench *ARGS:
    cargo bench --workspace --bench '*' {{ ARGS }}

# Feeds random bytes to a reader for some seconds; needs the nightly toolchain and cargo-fuzz.
fuzz TARGET="page" SECONDS="600":
    cd tests/fuzz && CARGO_TARGET_DIR="{{ CARGO_TARGET_DIR }}/fuzz" cargo +nightly fuzz run --fuzz-dir . {{ TARGET }} -- -max_total_time={{ SECONDS }}

# Builds the program.
[private]
build:
    @cargo build --release --package cli --quiet
