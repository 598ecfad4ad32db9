//! `solieu fetch`: pages from the web into the archive.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use fetcher::pace::SystemClock;
use fetcher::{Outcome, Wish};
use jiff::Timestamp;

use super::examples;
use crate::app::Tables;
use crate::console::Console;
use crate::error::CliError;
use crate::exit::Exit;
use crate::input::STANDARD_INPUT;
use crate::output::Output;
use crate::settings::{Settings, open_store, publishers};

const EXAMPLES: &[(&str, &str)] = &[("Addresses from another program", "printf '' | solieu fetch - --contact you@example.com")];

/// Fetches pages into the archive: given addresses, or what the feeds and sitemaps of the profiles list.
///
/// Every host is asked at its own pace and by its robots.txt; a page that did not change costs a 304.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Fetch {
    /// Addresses; `-` reads them from standard input, one a line. Without any, the profiles' sources are read.
    #[arg(value_name = "URLS")]
    urls: Vec<String>,
    /// Addresses from a file, one a line.
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Only the sources of this publisher; may be given more than once.
    #[arg(long, value_name = "ID")]
    publisher: Vec<String>,
    /// Only pages dated from this day or instant on; undated ones are fetched too.
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Timestamp>,
    /// Only pages dated before this day or instant; undated ones are fetched too.
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Timestamp>,
    /// The most pages to ask for.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print what would be fetched and why; robots.txt and sources are read, nothing is written.
    #[arg(long)]
    dry_run: bool,
    /// Where settings come from.
    #[command(flatten)]
    settings: Settings,
    /// Where the tables come from.
    #[command(flatten)]
    tables: Tables,
}

impl Fetch {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let config = self.settings.load()?;
        let manners = config.manners()?;
        manners.user_agent()?;
        let wish = self.wish(&config)?;
        let mut store = open_store(&config)?;
        let mut bars = console.hosts();
        let mut watch = |event: &fetcher::Event<'_>| bars.take(event);
        let work = fetcher::fetch(&mut store, &wish, &manners, &SystemClock, &mut watch);
        let outcome = tokio::runtime::Runtime::new()?.block_on(work)?;
        drop(bars);
        if self.dry_run {
            print_plan(&outcome)?;
        }
        let exit = if outcome.unreachable.is_empty() { Exit::Done } else { Exit::Unreachable };
        if console.json() {
            tracing::info!(exit = exit as u8, outcome = serde_json::to_string(&outcome)?, "{outcome}");
        } else {
            console.say(&format!("{outcome}\n"));
        }
        Ok(exit)
    }

    fn wish(&self, config: &fetcher::config::Config) -> Result<Wish> {
        let mut urls = Vec::new();
        for url in &self.urls {
            if url == STANDARD_INPUT {
                urls.extend(lines(std::io::stdin().lock(), Path::new(STANDARD_INPUT))?);
            } else {
                urls.push(url.clone());
            }
        }
        for path in &self.from {
            let file = std::fs::File::open(path).map_err(CliError::input(path))?;
            urls.extend(lines(std::io::BufReader::new(file), path)?);
        }
        let by_sources = self.urls.is_empty() && self.from.is_empty() || !self.publisher.is_empty();
        let publishers = if by_sources { publishers(config, &self.tables.load()?, &self.publisher)? } else { Vec::new() };
        Ok(Wish { urls, publishers, since: self.since, until: self.until, limit: self.limit, dry_run: self.dry_run })
    }
}

fn lines(reader: impl BufRead, path: &Path) -> Result<Vec<String>, CliError> {
    let lines: Result<Vec<String>, _> = reader.lines().collect();
    let lines = lines.map_err(CliError::input(path))?;
    Ok(lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// A day in Vietnam, or an instant.
fn date(text: &str) -> Result<Timestamp, String> {
    fetcher::source::date(text)
        .ok_or_else(|| "expected a day such as 2026-01-31 or an instant such as 2026-01-31T08:00:00+07:00".to_owned())
}

fn print_plan(outcome: &Outcome) -> Result<(), CliError> {
    let mut output = Output::create(Path::new("-"))?;
    for plan in &outcome.planned {
        let ask = if plan.ask { "fetch" } else { "skip" };
        output.line(format!("{ask}\t{}\t{}", plan.url, plan.why).as_bytes())?;
    }
    output.finish()
}
