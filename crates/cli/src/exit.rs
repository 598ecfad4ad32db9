//! Every exit code, in one list: the help prints it, the README repeats it and a test compares the two.

use std::process::ExitCode;

use exporter::ExportError;
use fetcher::FetchError;
use knowledge::KnowledgeError;
use transformer::TransformError;

use crate::error::CliError;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything was read and written.
    Done = 0,
    /// An error that has no code of its own.
    Failed = 1,
    /// The command line was not understood.
    Usage = 2,
    /// Some pages were refused; the others are in the output.
    SomeRefused = 3,
    /// No page could be read; nothing was written.
    NothingRead = 4,
    /// An input could not be opened; the others are in the output.
    InputUnreadable = 5,
    /// A table of `--data` cannot be used; nothing was read.
    BadTables = 6,
    /// The output could not be written; what stood there before is unchanged.
    BadOutput = 7,
    /// No page was new or changed.
    NothingNew = 8,
    /// A source could not be reached; what could be is done.
    Unreachable = 9,
    /// There were new pages, and the dataset is the same.
    DatasetUnchanged = 10,
    /// Another run is at work in the same store.
    Busy = 11,
    /// A setting is missing or wrong; nothing was done.
    BadSettings = 12,
}

impl Exit {
    /// Every code with its meaning, as the help and the README give it.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Done, "everything was read and written"),
        (Self::Failed, "an error that has no code of its own"),
        (Self::Usage, "the command line was not understood"),
        (Self::SomeRefused, "some pages were refused; the others are in the output"),
        (Self::NothingRead, "no page could be read; nothing was written"),
        (Self::InputUnreadable, "an input could not be opened; the others are in the output"),
        (Self::BadTables, "a table of --data cannot be used; nothing was read"),
        (Self::BadOutput, "the output could not be written; what stood there is unchanged"),
        (Self::NothingNew, "no page was new or changed"),
        (Self::Unreachable, "a source could not be reached; what could be is done"),
        (Self::DatasetUnchanged, "there were new pages, and the dataset is the same"),
        (Self::Busy, "another run is at work in the same store"),
        (Self::BadSettings, "a setting is missing or wrong; nothing was done"),
    ];

    /// The list for the help.
    pub fn table() -> String {
        let lines: Vec<String> = Self::ALL.iter().map(|(exit, means)| format!("  {}  {means}", *exit as u8)).collect();
        format!("Exit codes:\n{}", lines.join("\n"))
    }

    /// The code of an error, by the first cause that has one.
    ///
    /// A reader that goes away (`solieu show page | head`) has seen what it wanted: that is success.
    pub fn of(error: &anyhow::Error) -> Self {
        error.chain().find_map(code_of_cause).unwrap_or(Self::Failed)
    }
}

fn code_of_cause(cause: &(dyn std::error::Error + 'static)) -> Option<Exit> {
    if let Some(io) = cause.downcast_ref::<std::io::Error>() {
        return (io.kind() == std::io::ErrorKind::BrokenPipe).then_some(Exit::Done);
    }
    if let Some(transform) = cause.downcast_ref::<TransformError>() {
        return Some(code_of_transform(transform));
    }
    if let Some(export) = cause.downcast_ref::<ExportError>() {
        return Some(code_of_export(export));
    }
    if let Some(fetch) = cause.downcast_ref::<FetchError>() {
        return code_of_fetch(fetch);
    }
    if cause.is::<KnowledgeError>() {
        return Some(Exit::BadTables);
    }
    cause.downcast_ref::<CliError>().map(CliError::exit)
}

fn code_of_transform(error: &TransformError) -> Exit {
    match error {
        TransformError::Io { .. } | TransformError::Frame { .. } => Exit::BadOutput,
        TransformError::Column { .. } | TransformError::Table { .. } | TransformError::Correction { .. } => Exit::BadTables,
        TransformError::NotADataset { .. } => Exit::InputUnreadable,
        _ => Exit::Failed,
    }
}

/// A stage's error has its own code, further down the chain.
fn code_of_fetch(error: &FetchError) -> Option<Exit> {
    match error {
        FetchError::Locked { .. } => Some(Exit::Busy),
        FetchError::NoContact | FetchError::Config { .. } => Some(Exit::BadSettings),
        FetchError::File { .. } | FetchError::State { .. } => Some(Exit::BadOutput),
        FetchError::Damaged { .. } | FetchError::Malformed { .. } => Some(Exit::InputUnreadable),
        _ => None,
    }
}

fn code_of_export(error: &ExportError) -> Exit {
    match error {
        ExportError::Io { .. } | ExportError::Frame { .. } | ExportError::Foreign { .. } => Exit::BadOutput,
        ExportError::NoTables { .. } => Exit::InputUnreadable,
        ExportError::Undescribed { .. } => Exit::BadTables,
        _ => Exit::Failed,
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
