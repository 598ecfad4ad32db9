//! Lists `data/**/*.toml`, so that a new table file needs no line of Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../data").canonicalize()?;
    let mut files = Vec::new();
    tables(&root, &mut files)?;
    files.sort();

    let mut list = String::from("/// Name below `data/` and text of every built-in table.\npub const TABLES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push_str("];\n");

    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("tables.rs");
    fs::write(out, list)?;
    println!("cargo::rerun-if-changed={}", root.display());
    Ok(())
}

/// Collects the tables below a folder; `samples` holds pages, not tables.
fn tables(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "samples") {
                tables(&path, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
