//! What can go wrong at the door: paths and streams. The stages have errors of their own.

use std::io;
use std::path::{Path, PathBuf};

use exporter::ExportError;
use fetcher::FetchError;
use knowledge::KnowledgeError;
use transformer::TransformError;

use crate::exit::Exit;

/// A path or stream that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A file that a stage needs cannot be read.
    #[error("cannot read {}", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line of a records file is no record.
    #[error("{}:{line}: not a record of `solieu extract`", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The output cannot be written.
    #[error("cannot write {}", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl CliError {
    /// Wraps a failure to read a path.
    pub fn input(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Input { path: path.to_owned(), source }
    }

    /// Wraps a failure to write a path.
    pub fn output(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Output { path: path.to_owned(), source }
    }

    /// The exit code that says so.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Input { .. } | Self::Record { .. } => Exit::InputUnreadable,
            // A pipe that closed is told by its cause.
            Self::Output { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Output { .. } => Exit::BadOutput,
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Input { .. } => "check the path and its permissions",
            Self::Record { .. } => "give a file that `solieu extract --out` wrote",
            Self::Output { .. } => "give another --out, or free the one that you gave",
        }
    }
}

/// What to do about an error, where something is known.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        let cli = || cause.downcast_ref::<CliError>().map(CliError::hint);
        let tables = || cause.downcast_ref::<KnowledgeError>().map(KnowledgeError::hint);
        let transform = || cause.downcast_ref::<TransformError>().map(TransformError::hint);
        let export = || cause.downcast_ref::<ExportError>().map(ExportError::hint);
        let fetch = || cause.downcast_ref::<FetchError>().map(FetchError::hint);
        cli().or_else(fetch).or_else(tables).or_else(transform).or_else(export)
    })
}

/// An error with its causes on one line; a cause that its parent has already quoted is left out.
pub fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let text = unwrapped(&without_number(&cause.to_string())).replace(['\n', '\r'], " ");
        if line.is_empty() {
            line = text;
        } else if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
    }
    line
}

/// What the system said while a Parquet file was written, without the words by which polars makes it sound like a broken file.
fn unwrapped(text: &str) -> String {
    text.replace("parquet: File out of specification: underlying IO error: ", "")
}

/// What the system said, without the number that only programmers know: `No such file or directory (os error 2)`.
pub fn without_number(text: &str) -> String {
    match text.split_once(" (os error ") {
        Some((says, rest)) => format!("{says}{}", rest.split_once(')').map_or("", |(_, after)| after)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn an_error_is_one_line_without_repetition() {
        let io = || io::Error::from_raw_os_error(2);
        let error = anyhow::Error::from(CliError::output(Path::new("out"))(io()));
        assert_eq!(one_line(&error), "cannot write out: No such file or directory");
        let told = anyhow::Error::from(KnowledgeError::Unreadable { path: "tables".into(), source: io() });
        assert_eq!(one_line(&told), "tables: No such file or directory");
        let two_lines = Err::<(), _>(io()).context("first\nsecond").unwrap_err();
        assert_eq!(one_line(&two_lines), "first second: No such file or directory");
    }
}
