//! The command line.

use std::io::Write;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, Args, CommandFactory, Parser, ValueEnum};
use knowledge::{Knowledge, KnowledgeError};

use crate::commands::Command;
use crate::exit::Exit;

/// Reads Vietnamese economic news into statistics.
///
/// Pages go in; Parquet and CSV come out, and every figure in them points at the characters that it was read from.
#[derive(Debug, Parser)]
#[command(name = "solieu", version, max_term_width = 100, after_help = Exit::table())]
pub struct App {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to talk.
    #[command(flatten)]
    pub talk: Talk,
}

/// How much is said, and in which form.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Talk")]
pub struct Talk {
    /// Say errors only: no progress, no summary, no line for a refused page.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for more still.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Say everything as JSON Lines, for schedulers.
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour; `NO_COLOR` is respected.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl App {
    /// Reads the command line; help, version and mistakes are printed here.
    pub fn read() -> Result<Self, Exit> {
        let app = Self::try_parse().map_err(|error| explain(&error))?;
        anstream::ColorChoice::write_global(match app.talk.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        });
        Ok(app)
    }

    /// The whole command, for completions and the manual.
    pub fn whole() -> clap::Command {
        let mut whole = Self::command();
        whole.build();
        whole
    }
}

/// Help and version as clap prints them; a mistake as one line, with what to do on the next.
fn explain(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        // A closed pipe is no trouble of ours, and there is nobody left to tell of any other.
        let _ = error.print();
        return if error.use_stderr() { Exit::Usage } else { Exit::Done };
    }
    let text = error.to_string();
    let mut parts = text.split("\n\n").map(one_line);
    let mistake = parts.next().unwrap_or_default();
    let tip = parts
        .find(|part| part.starts_with("tip:"))
        .unwrap_or_else(|| "tip: `solieu help` and `solieu help COMMAND` show what there is".to_owned());
    let _ = writeln!(anstream::stderr(), "{mistake}\n{}", tip.replacen("tip:", "hint:", 1));
    Exit::Usage
}

fn one_line(part: &str) -> String {
    part.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the tables come from.
#[derive(Args, Clone, Debug)]
pub struct Tables {
    /// Use the tables of this folder instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

impl Tables {
    /// Loads them.
    pub fn load(&self) -> Result<Knowledge, KnowledgeError> {
        Knowledge::load(self.data.as_deref())
    }
}
