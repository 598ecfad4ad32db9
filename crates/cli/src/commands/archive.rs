//! `solieu archive`: what is in the archive.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};
use fetcher::FetchError;
use fetcher::archive::{self, RecordId};

use super::examples;
use crate::exit::Exit;
use crate::output::Output;
use crate::settings::Settings;

const EXAMPLES: &[(&str, &str)] = &[
    ("Everything that is archived", "solieu fetch --contact you@example.com - < /dev/null; solieu archive list"),
    ("Whether the archive is whole", "solieu fetch --contact you@example.com - < /dev/null; solieu archive verify"),
];

/// Lists, prints and checks what is archived: the store's archive, or any WARC file or folder.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Archive {
    /// What to do with it.
    #[command(subcommand)]
    action: Action,
    /// A WARC file or a folder of them; the store's archive unless given.
    #[arg(long, value_name = "PATH", global = true)]
    warc: Option<PathBuf>,
    /// Where settings come from.
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List records: date, status, media type, address, record.
    List {
        /// Only addresses that hold this text.
        #[arg(value_name = "TEXT", default_value = "")]
        holds: String,
    },
    /// Print a page, unpacked: by its record, or the latest one of an address.
    Get {
        /// `file.warc.gz:offset`, or an address.
        #[arg(value_name = "RECORD|URL")]
        what: String,
        /// Print the HTTP headers first.
        #[arg(long)]
        headers: bool,
    },
    /// Check digests, damage and index.
    Verify,
}

impl Archive {
    /// Runs it.
    pub fn run(self) -> Result<Exit> {
        let folder = match self.warc {
            Some(path) => path,
            None => self.settings.load()?.store().join("archive"),
        };
        match self.action {
            Action::List { holds } => list(&folder, &holds),
            Action::Get { what, headers } => get(&folder, &what, headers),
            Action::Verify => verify(&folder),
        }
    }
}

fn list(folder: &Path, holds: &str) -> Result<Exit> {
    let mut output = Output::create(Path::new("-"))?;
    for entry in archive::list(folder)? {
        let entry = entry?;
        if entry.url.contains(holds) {
            output.line(format!("{}\t{}\t{}\t{}\t{}", entry.at, entry.status, entry.media_type, entry.url, entry.id()).as_bytes())?;
        }
    }
    output.finish()?;
    Ok(Exit::Done)
}

fn get(folder: &Path, what: &str, headers: bool) -> Result<Exit> {
    let is_url = what.starts_with("http://") || what.starts_with("https://");
    let id: RecordId = if is_url { latest(folder, what)? } else { what.parse()? };
    let page = archive::page_at(folder, &id)?;
    let mut output = Output::create(Path::new("-"))?;
    if headers {
        output.line(format!("HTTP/1.1 {}", page.status).as_bytes())?;
        for (name, value) in &page.headers {
            output.line(format!("{name}: {value}").as_bytes())?;
        }
        output.line(b"")?;
    }
    output.line(&page.bytes)?;
    output.finish()?;
    Ok(Exit::Done)
}

/// The last full answer of an address; revisits only say that it was still the same.
fn latest(folder: &Path, url: &str) -> Result<RecordId, FetchError> {
    let found = archive::find(folder, url)?.into_iter().rfind(|entry| entry.media_type != "warc/revisit");
    let missing = || FetchError::Malformed { what: url.to_owned(), why: "it is not in the archive".to_owned() };
    found.map(|entry| entry.id()).ok_or_else(missing)
}

fn verify(folder: &Path) -> Result<Exit> {
    let mut output = Output::create(Path::new("-"))?;
    let mut exit = Exit::Done;
    for report in archive::verify(folder)? {
        let line = format!(
            "{}\t{} records\t{} pages\t{} digests\t{} troubles",
            report.file,
            report.records,
            report.responses,
            report.digests,
            report.troubles.len()
        );
        output.line(line.as_bytes())?;
        for trouble in &report.troubles {
            exit = Exit::InputUnreadable;
            output.line(format!("\t{trouble}").as_bytes())?;
        }
    }
    output.finish()?;
    Ok(exit)
}
