//! The tree against its own description: who imports whom, which crates the README names, how sources and tables are written.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

/// Characters that nobody sees: they are escaped in sources and tables.
const INVISIBLE: &[char] =
    &['\u{a0}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2009}', '\u{202f}', '\u{2060}', '\u{feff}'];

#[test]
fn crates_import_what_the_readme_allows() {
    let rows = import_table();
    let known: BTreeSet<String> = crates().into_keys().collect();
    let mut wrong = Vec::new();
    for (name, manifest) in crates() {
        let Some(allowed) = rows.get(&name) else {
            wrong.push(format!("README.md: the table of imports has no row for `{name}`"));
            continue;
        };
        let watched = dependencies(&manifest).into_iter().filter(|import| known.contains(import) || import == "polars");
        for import in watched.filter(|import| !allowed.contains(import)) {
            wrong.push(format!("crates/{name}/Cargo.toml: `{import}` is not among what README.md allows: {allowed:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readme_names_every_crate_and_no_other() {
    let known: BTreeSet<String> = crates().into_keys().collect();
    let named: BTreeSet<String> = section("How it is built")
        .lines()
        .filter_map(|line| line.strip_prefix("| [`crates/")?.split('`').next().map(str::to_owned))
        .collect();
    assert_eq!(named, known);
}

#[test]
fn the_readme_names_recipes_that_exist() {
    let justfile = text("justfile");
    let readme = text("README.md");
    let spans = readme.split('`').skip(1).step_by(2).chain(readme.lines());
    let named: BTreeSet<&str> = spans.filter_map(|span| span.split("just ").nth(1)?.split_whitespace().next()).collect();
    let recipe = |name: &str| {
        justfile.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ' ']) && rest.contains(':')))
    };
    let named: BTreeSet<&str> =
        named.into_iter().filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')).collect();
    assert!(named.contains("pipeline") && named.contains("test"), "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|name| !recipe(name)).collect();
    assert!(missing.is_empty(), "the justfile lacks {missing:?}");
}

#[test]
fn every_crate_takes_the_workspace_lints_and_says_what_it_is() {
    for (name, manifest) in crates() {
        assert!(manifest.contains("[lints]\nworkspace = true"), "crates/{name}/Cargo.toml does not take the workspace's lints");
        let root = ["lib.rs", "main.rs"].iter().map(|file| format!("crates/{name}/src/{file}")).find(|file| path(file).exists()).unwrap();
        assert!(text(&root).starts_with("//! "), "{root} does not begin with what the crate is for");
    }
}

#[test]
fn dependencies_stand_in_order_and_have_one_version() {
    for (name, manifest) in crates() {
        let names = dependencies(&manifest);
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(names, sorted, "crates/{name}/Cargo.toml: dependencies out of order");
        let needs = manifest.lines().skip_while(|line| !line.starts_with("[dependencies]")).take_while(|line| !line.starts_with("[["));
        let own = needs.into_iter().find(|line| line.contains("version = \"") || line.contains("path = \""));
        assert_eq!(own, None, "crates/{name}/Cargo.toml: versions and paths stand in the workspace's Cargo.toml");
    }
}

#[test]
fn what_is_written_is_composed_and_visible() {
    let mut wrong = Vec::new();
    for file in written() {
        let text = fs::read_to_string(&file).unwrap();
        for (at, line) in text.lines().enumerate() {
            let place = format!("{}:{}", file.strip_prefix(path("")).unwrap().display(), at + 1);
            if !is_nfc(line) {
                wrong.push(format!("{place}: not NFC"));
            }
            if let Some(letter) = line.chars().find(|letter| INVISIBLE.contains(letter)) {
                wrong.push(format!("{place}: {} is invisible, escape it", letter.escape_unicode()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_table_has_its_paragraph() {
    let readme = text("data/README.md");
    let mut missing = Vec::new();
    for entry in fs::read_dir(path("data")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if entry.path().is_dir() { format!("{name}/") } else { name };
        if name != "README.md" && !readme.contains(&format!("`{name}`")) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "data/README.md says nothing of {missing:?}");
}

/// The table "Who may import whom": crate to what it may import.
fn import_table() -> BTreeMap<String, BTreeSet<String>> {
    let all: BTreeSet<String> = crates().into_keys().chain(["polars".to_owned()]).collect();
    let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in section("Who may import whom").lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let allowed = if cells[2] == "all" { all.clone() } else { ticked(cells[2]) };
        rows.extend(ticked(cells[1]).into_iter().map(|name| (name, allowed.clone())));
    }
    rows
}

/// The names between backticks.
fn ticked(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A section of the README, by its heading of any level.
fn section(heading: &str) -> String {
    let readme = text("README.md");
    let is = |line: &str| line.starts_with('#') && line.trim_start_matches('#').trim() == heading;
    let lines: Vec<&str> = readme.lines().skip_while(|line| !is(line)).skip(1).take_while(|line| !line.starts_with("## ")).collect();
    assert!(!lines.is_empty(), "README.md has no section `{heading}`");
    lines.join("\n")
}

/// The crates below `crates/`: name and manifest.
fn crates() -> BTreeMap<String, String> {
    let folders = fs::read_dir(path("crates")).unwrap().map(|entry| entry.unwrap().path());
    let crates = folders.filter(|folder| folder.join("Cargo.toml").exists());
    crates
        .map(|folder| (folder.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(folder.join("Cargo.toml")).unwrap()))
        .collect()
}

/// What a crate's code depends on; what its tests need is free.
fn dependencies(manifest: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty() && !name.starts_with('#')).map(str::to_owned))
        .collect()
}

/// Sources, tables and documents, without the corpora: a corpus holds what the world writes.
fn written() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["crates", "data", "tests"] {
        collect(&path(folder), &mut files);
    }
    files.extend(["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "justfile"].map(path));
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap().path();
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            if !["corpus", "conformance", "samples", "fuzz", "target", "notebooks"].contains(&name.as_str()) {
                collect(&entry, files);
            }
        } else if [".rs", ".toml", ".md", ".py", ".csv", ".tsv"].iter().any(|ending| name.ends_with(ending)) {
            files.push(entry);
        }
    }
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}
