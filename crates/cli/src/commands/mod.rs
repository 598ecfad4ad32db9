//! The commands: one file each, one line each in the registry below.

mod archive;
mod completions;
mod config;
mod explain;
mod export;
mod extract;
mod fetch;
mod man;
mod nightly;
mod pipeline;
mod show;
mod transform;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};

use crate::app::Tables;
use crate::console::Console;
use crate::exit::Exit;
use crate::input::{self, Inputs, Kind};
use crate::records::Tally;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Pages to dataset: all stages in one go.
    Pipeline(pipeline::Pipeline),
    /// Pages to records: read each page and the figures that it states.
    Extract(extract::Extract),
    /// Records to tables: normalize, join, derive, check.
    Transform(transform::Transform),
    /// Tables to a dataset: Parquet, CSV and their descriptions.
    Export(export::Export),
    /// Show an article with every figure marked and its reading beside it.
    Show(show::Show),
    /// Show how one sentence was read, part by part.
    Explain(explain::Explain),
    /// Pages from the web into the archive, politely.
    Fetch(fetch::Fetch),
    /// The whole night: fetch, archive, read what is new, export.
    Nightly(nightly::Nightly),
    /// Look into the archive.
    Archive(archive::Archive),
    /// Print the settings in force, and where each comes from.
    Config(config::Config),
    /// Print the completions of a shell.
    Completions(completions::Completions),
    /// Print the manual page, or write those of all commands.
    Man(man::Man),
}

impl Command {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        match self {
            Self::Pipeline(command) => command.run(console),
            Self::Extract(command) => command.run(console),
            Self::Transform(command) => command.run(console),
            Self::Export(command) => command.run(console),
            Self::Show(command) => command.run(console),
            Self::Explain(command) => command.run(),
            Self::Fetch(command) => command.run(console),
            Self::Nightly(command) => command.run(console),
            Self::Archive(command) => command.run(),
            Self::Config(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}

/// Which pages are read, and how.
#[derive(Args, Clone, Debug)]
pub struct Reading {
    /// Pages: files, folders of them, `-` for standard input.
    ///
    /// HTML (.html, .htm), plain text (.txt), JSON Lines of articles (.jsonl) and archives (.warc), each also with .gz.
    #[arg(required = true, value_name = "PAGES")]
    pub pages: Vec<String>,
    /// What the pages are, where their names do not say it.
    #[arg(long)]
    pub kind: Option<Kind>,
    /// Threads that read pages; all cores unless given.
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// Where the tables come from.
    #[command(flatten)]
    pub tables: Tables,
}

impl Reading {
    /// Finds the inputs and sets the threads up.
    pub fn inputs(&self) -> Result<Inputs> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global()?;
        }
        Ok(input::find(&self.pages, self.kind))
    }
}

/// Where the dataset goes, and how.
#[derive(Args, Clone, Debug)]
pub struct Writing {
    /// The folder to write: new, empty, or an earlier dataset, which is replaced once the new one is whole.
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Write only these forms; all unless given.
    #[arg(long, value_name = "FORM", value_delimiter = ',')]
    pub format: Vec<Form>,
    /// Partition the Parquet of large tables by year and month, as Hive does.
    #[arg(long)]
    pub partition: bool,
    /// CSV for spreadsheets: with a byte order mark, and no cell that runs as a formula.
    #[arg(long)]
    pub excel: bool,
}

/// A form of the dataset's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Parquet files.
    Parquet,
    /// CSV files.
    Csv,
    /// The table series as SDMX-CSV, with its structure.
    Sdmx,
}

impl From<Form> for exporter::Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Parquet => Self::Parquet,
            Form::Csv => Self::Csv,
            Form::Sdmx => Self::Sdmx,
        }
    }
}

/// The exit code that a tally asks for; the graver one where there are two.
fn exit_of(tally: &Tally) -> Exit {
    let unreadable = |refused: &input::Refused| refused.issue.kind == model::IssueKind::Unreadable;
    if tally.articles == 0 {
        Exit::NothingRead
    } else if tally.refused.iter().any(unreadable) {
        Exit::InputUnreadable
    } else if tally.refused.is_empty() {
        Exit::Done
    } else {
        Exit::SomeRefused
    }
}

/// The examples of a command, as its help prints them; a test runs every one.
fn examples(list: &[(&str, &str)]) -> String {
    let lines: Vec<String> = list.iter().map(|(says, line)| format!("  {says}:\n    $ {line}")).collect();
    format!("Examples:\n{}", lines.join("\n"))
}
