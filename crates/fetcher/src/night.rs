//! A night: fetch, read the new pages, build the dataset, and say in one line how it went.
//!
//! Reading and building are other crates' work; they come in as [`Stages`], so that this crate needs to know neither.

use std::fmt;

use serde::Serialize;

use crate::archive::{self, Page};
use crate::pace::Clock;
use crate::{Event, FetchError, Manners, Outcome, Store, Wish};

/// What a stage says when it cannot go on.
pub type StageError = Box<dyn std::error::Error + Send + Sync>;

/// The stages after fetching.
pub trait Stages {
    /// The reader's version: a page is read again by a newer one only if that is asked for.
    fn reader(&self) -> String;

    /// Reads pages into articles, and says of each whether it was refused.
    ///
    /// After a crash pages may come a second time; the later reading replaces the earlier.
    fn read(&mut self, pages: &mut dyn Iterator<Item = Page>) -> Result<Vec<Reading>, StageError>;

    /// Transforms and exports; called even without new pages, so that a crash before it is made good.
    fn build(&mut self) -> Result<Built, StageError>;
}

/// What became of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The page's address.
    pub url: String,
    /// Whether it is no article.
    pub refused: bool,
}

/// What building came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Built {
    /// Rows of the dataset.
    pub rows: u64,
    /// Whether it differs from the last one.
    pub changed: bool,
}

/// How a night ended; a scheduler can branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// All is well, and the dataset has grown.
    Well,
    /// Some pages were refused as no articles, or could not be read back.
    SomeRefused,
    /// No page was new or changed.
    NothingNew,
    /// A source could not be reached.
    Unreachable,
    /// There were new pages, and the dataset is the same.
    DatasetUnchanged,
}

/// A night in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Night {
    /// How it ended.
    pub ending: Ending,
    /// Pages that were read.
    pub read: u64,
    /// Pages among them that are no articles.
    pub refused: u64,
    /// Pages of the archive that could not be read back.
    pub unreadable: u64,
    /// The dataset.
    pub dataset: Built,
    /// Fetching.
    pub fetch: Outcome,
}

/// Pages that are read between two commits; a crash costs the reading of so many at most.
const BATCH: usize = 1024;

/// Runs a night.
pub async fn nightly(
    store: &mut Store,
    wish: &Wish,
    manners: &Manners,
    reread: bool,
    stages: &mut (dyn Stages + Send),
    clock: &dyn Clock,
    watch: &mut (dyn FnMut(&Event<'_>) + Send),
) -> Result<Night, FetchError> {
    let mut fetch = crate::fetch(store, wish, manners, clock, watch).await?;
    let (read, refused, unreadable) = read_new(store, stages, reread)?;
    let dataset = stages.build().map_err(|source| FetchError::Stage { stage: "build", source })?;
    fetch.ended = clock.now();
    let ending = match () {
        () if !fetch.unreachable.is_empty() => Ending::Unreachable,
        () if refused + unreadable > 0 => Ending::SomeRefused,
        () if dataset.changed => Ending::Well,
        () if read == 0 => Ending::NothingNew,
        () => Ending::DatasetUnchanged,
    };
    Ok(Night { ending, read, refused, unreadable, dataset, fetch })
}

/// Reads what waits in the archive: (pages read, refused, unreadable).
///
/// Public by itself for a run that fetches nothing, such as reading everything again with a newer reader.
pub fn read_new(store: &mut Store, stages: &mut dyn Stages, reread: bool) -> Result<(u64, u64, u64), FetchError> {
    let reader = stages.reader();
    let mut waiting = store.state.unread(&reader, reread)?;
    // In the archive's order, so that files are read front to back.
    waiting.sort_by(|(_, a), (_, b)| a.cmp(b));
    let (mut read, mut refused, mut unreadable) = (0, 0, 0);
    for batch in waiting.chunks(BATCH) {
        let folder = store.archive().to_owned();
        let mut broken = Vec::new();
        let mut pages = batch.iter().filter_map(|(url, id)| {
            let page = archive::page_at(&folder, id).ok();
            if page.is_none() {
                broken.push(url.clone());
            }
            page
        });
        let readings = stages.read(&mut pages).map_err(|source| FetchError::Stage { stage: "read", source })?;
        drop(pages);
        for reading in readings {
            read += 1;
            refused += u64::from(reading.refused);
            store.state.mark_read(&reading.url, &reader, reading.refused)?;
        }
        for url in broken {
            unreadable += 1;
            store.state.mark_read(&url, &reader, true)?;
        }
        store.state.commit()?;
    }
    Ok((read, refused, unreadable))
}

impl Night {
    /// One line for machines.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// One line for people.
impl fmt::Display for Night {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fetch = &self.fetch;
        write!(f, "{}: {fetch}", self.ending)?;
        write!(f, "; {} read", self.read)?;
        if self.refused + self.unreadable > 0 {
            write!(f, ", {} refused", self.refused + self.unreadable)?;
        }
        write!(f, "; {} rows{}", self.dataset.rows, if self.dataset.changed { "" } else { ", as before" })?;
        if !fetch.unreachable.is_empty() {
            let hosts: Vec<&str> = fetch.unreachable.iter().map(String::as_str).collect();
            write!(f, "; unreachable: {}", hosts.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Well => "all well",
            Self::SomeRefused => "some pages refused",
            Self::NothingNew => "nothing new",
            Self::Unreachable => "source unreachable",
            Self::DatasetUnchanged => "dataset unchanged",
        })
    }
}
