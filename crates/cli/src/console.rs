//! Progress for people: stage, pages, rate, time left. Silent where standard error is no terminal, and under `--quiet` and `--json`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Duration;

use fetcher::{Event, Failure};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::app::Talk;
use crate::terminal::grouped;

/// A stage whose end cannot be told.
const STAGE: &str = "{prefix:>9} {spinner} {elapsed}";

/// Standard error.
#[derive(Debug)]
pub struct Console {
    bars: MultiProgress,
    /// Whether the run ends with a summary for people.
    summary: bool,
    /// Whether it ends with one for machines.
    json: bool,
}

impl Console {
    /// As the command line asks.
    pub fn new(talk: Talk) -> Self {
        let target = if talk.quiet || talk.json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        Self { bars: MultiProgress::with_draw_target(target), summary: !talk.quiet && !talk.json, json: talk.json }
    }

    /// A handle for whoever else writes to standard error.
    pub fn bars(&self) -> MultiProgress {
        self.bars.clone()
    }

    /// Whether the summary is an event of the log instead of a text.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Prints a text for people, unless they asked for silence.
    pub fn say(&self, text: &str) {
        if self.summary {
            // Nobody is left to tell that standard error is closed.
            self.bars.suspend(|| _ = anstream::stderr().write_all(text.as_bytes()));
        }
    }

    /// A bar over the pages to be read; `bytes` of input where their size is known.
    pub fn pages(&self, bytes: Option<u64>) -> PageBar {
        let bar = match bytes {
            Some(bytes) => ProgressBar::new(bytes).with_style(style("{prefix:>9} {bar:28} {msg} · {eta} left")),
            None => ProgressBar::no_length().with_style(style("{prefix:>9} {spinner} {msg} · {elapsed}")),
        };
        let bar = self.bars.add(bar.with_prefix("reading").with_message("…"));
        bar.enable_steady_tick(Duration::from_millis(200));
        PageBar { bar, pages: 0 }
    }

    /// A spinner for a stage whose end cannot be told.
    pub fn stage(&self, name: &'static str) -> StageBar {
        let bar = self.bars.add(ProgressBar::no_length().with_style(style(STAGE)).with_prefix(name));
        bar.enable_steady_tick(Duration::from_millis(200));
        StageBar(bar)
    }
}

impl Console {
    /// Bars for fetching: one in total and one for each of the first hosts.
    pub fn hosts(&self) -> HostBars {
        let total =
            self.bars.add(ProgressBar::no_length().with_style(style("{prefix:>9} {spinner} {msg} · {elapsed}")).with_prefix("fetching"));
        total.enable_steady_tick(Duration::from_millis(200));
        HostBars { bars: self.bars.clone(), total, hosts: BTreeMap::new(), troubled: BTreeSet::new(), answered: 0, failed: 0 }
    }
}

/// Hosts that have a bar of their own; more would scroll away.
const MOST_HOSTS: usize = 12;

/// Progress of fetching, by host and in total.
#[derive(Debug)]
pub struct HostBars {
    bars: MultiProgress,
    total: ProgressBar,
    hosts: BTreeMap<String, ProgressBar>,
    /// Hosts whose trouble was told.
    troubled: BTreeSet<String>,
    answered: u64,
    failed: u64,
}

impl HostBars {
    /// Takes in what happened.
    pub fn take(&mut self, event: &Event<'_>) {
        match *event {
            Event::Waiting { host, addresses } => {
                if let Some(bar) = self.host(host) {
                    bar.set_length(bar.position() + addresses as u64);
                }
            }
            Event::Answered { host, .. } => {
                self.answered += 1;
                self.advance(host);
            }
            Event::Failed { host, url, failure, again } => {
                self.tell(host, url, failure, again);
                self.failed += u64::from(!again);
                if !again {
                    self.advance(host);
                }
            }
            Event::Resting { host, until } => {
                tracing::info!(host, "{host}: left alone until {until}");
                if let Some(bar) = self.host(host) {
                    bar.set_message(format!("rests until {}", until.strftime("%H:%M:%S UTC")));
                }
            }
            Event::Over => return self.clear(),
        }
        self.total.set_message(format!("{} answered · {} failed", grouped(self.answered), grouped(self.failed)));
    }

    /// The first address that a host's own trouble costs is worth a warning; the others would only repeat it.
    fn tell(&mut self, host: &str, url: &str, failure: &Failure, again: bool) {
        if !again && failure.is_the_hosts() && self.troubled.insert(host.to_owned()) {
            tracing::warn!(host, url, again, "{url}: {failure}");
        } else {
            tracing::info!(host, url, again, "{url}: {failure}");
        }
    }

    fn advance(&mut self, host: &str) {
        if let Some(bar) = self.host(host) {
            bar.inc(1);
            bar.set_message("");
        }
    }

    fn host(&mut self, name: &str) -> Option<&ProgressBar> {
        if !self.hosts.contains_key(name) && self.hosts.len() < MOST_HOSTS && !name.is_empty() {
            let bar = ProgressBar::new(0).with_style(style("{prefix:>24} {bar:28} {pos}/{len} {msg}")).with_prefix(name.to_owned());
            self.hosts.insert(name.to_owned(), self.bars.add(bar));
        }
        self.hosts.get(name)
    }
}

impl HostBars {
    fn clear(&self) {
        self.total.finish_and_clear();
        self.hosts.values().for_each(ProgressBar::finish_and_clear);
    }
}

impl Drop for HostBars {
    fn drop(&mut self) {
        self.clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Progress through the pages.
#[derive(Debug)]
pub struct PageBar {
    bar: ProgressBar,
    pages: u64,
}

impl PageBar {
    /// So many more pages, out of so many more bytes of input.
    pub fn advance(&mut self, pages: u64, bytes: u64) {
        self.pages += pages;
        self.bar.inc(bytes);
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(format!("{} pages · {:.0}/s", grouped(self.pages), self.pages as f64 / seconds));
    }

    /// All pages are read, and what follows them takes its time.
    pub fn turn_into(&self, stage: &'static str) {
        self.bar.set_style(style(STAGE));
        self.bar.set_prefix(stage);
    }
}

impl Drop for PageBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A stage that is at work until this is dropped.
#[derive(Debug)]
pub struct StageBar(ProgressBar);

impl Drop for StageBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
