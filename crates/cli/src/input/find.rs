//! Paths to inputs: files as they are named, folders with all that they hold, in order of name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use model::{Issue, IssueKind};
use walkdir::{DirEntry, WalkDir};

use crate::error::without_number;

use super::{Input, Kind, Refused, STANDARD_INPUT};

/// The inputs of a run, and the paths that gave none.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In order: as the user named them, folders sorted.
    pub found: Vec<Input>,
    /// What could not be opened, or holds no pages.
    pub refused: Vec<Refused>,
}

impl Inputs {
    /// Bytes on disk, where all are known.
    pub fn bytes(&self) -> Option<u64> {
        self.found.iter().map(|input| input.bytes).sum()
    }

    fn refuse(&mut self, source: &str, kind: IssueKind, why: impl Into<String>) {
        self.refused.push(Refused { source: source.to_owned(), issue: Issue::new(kind, source, why) });
    }
}

/// Finds the inputs below some paths. `kind` is the user's word for what they hold.
pub fn find(paths: &[String], kind: Option<Kind>) -> Inputs {
    let mut inputs = Inputs::default();
    let mut named = BTreeSet::new();
    for path in paths.iter().filter(|path| named.insert(path.as_str())) {
        if path == STANDARD_INPUT {
            inputs.found.push(Input { source: path.clone(), kind, bytes: None });
            continue;
        }
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => folder(path, kind, &mut inputs),
            Ok(about) => {
                let bytes = about.is_file().then_some(about.len());
                inputs.found.push(Input { source: path.clone(), kind: kind.or_else(|| Kind::of_name(path)), bytes });
            }
            Err(error) => inputs.refuse(path, IssueKind::Unreadable, without_number(&error.to_string())),
        }
    }
    inputs
}

/// All pages below a folder. Files with other endings are no pages (images, style sheets), unless the user says what they are.
fn folder(root: &str, kind: Option<Kind>, inputs: &mut Inputs) {
    let before = inputs.found.len() + inputs.refused.len();
    let mut others = 0_u64;
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let source = entry.path().to_string_lossy().into_owned();
                match kind.or_else(|| Kind::of_name(&source)) {
                    Some(kind) => {
                        let bytes = entry.metadata().ok().map(|about| about.len());
                        inputs.found.push(Input { source, kind: Some(kind), bytes });
                    }
                    None => others += 1,
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(Path::new(root)).to_string_lossy().into_owned();
                let why = error.io_error().map_or_else(|| "the folder holds itself".to_owned(), |error| without_number(&error.to_string()));
                inputs.refuse(&path, IssueKind::Unreadable, why);
            }
        }
    }
    if others > 0 {
        tracing::info!(folder = root, others, "{root}: {others} files with other endings were left alone");
    }
    if inputs.found.len() + inputs.refused.len() == before {
        inputs.refuse(root, IssueKind::Empty, "the folder holds no page (.html, .htm, .txt, .jsonl, or these with .gz)");
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
