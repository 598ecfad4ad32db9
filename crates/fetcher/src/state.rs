//! What was seen, when, with what hash and outcome: an embedded database that a crash does not hurt.
//!
//! It is redb and not `SQLite`: pure Rust, so that one `cargo build` is all on every machine; one file; copy-on-write pages with a checksummed
//! commit slot, so that a `kill -9` or a power cut leaves the last commit; and three tables by key need no SQL.
//! Values are JSON, so that a newer version reads what an older one wrote.
//!
//! The state is an index of the archive with promises added (retry dates, addresses still to fetch).
//! Records are archived first and the state follows, so after a crash it can only be behind, and [`State::replay`] catches up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::archive::{Page, Record, RecordId, Revisited};
use crate::{Failure, FetchError};

const PAGES: TableDefinition<&str, &[u8]> = TableDefinition::new("pages");
const HOSTS: TableDefinition<&str, &[u8]> = TableDefinition::new("hosts");

/// What is known of one address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// The publisher whose source listed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The feed, sitemap or page that listed it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// When it was listed or asked for first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Timestamp>,
    /// The source's date of it: of the last change, or of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<Timestamp>,
    /// When it last changed, by the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// When it was last asked for with an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Timestamp>,
    /// When its content last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Timestamp>,
    /// The last status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The last trouble, until an answer clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// Nights in a row that ended in trouble.
    #[serde(skip_serializing_if = "is_zero")]
    pub failures: u32,
    /// `ETag` of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified` of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The content, if there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// What was read from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<Read>,
}

/// The last full answer of an address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The record that holds it, as `file:offset`.
    pub id: String,
    /// The `WARC-Record-ID`, to which revisits refer.
    pub record: String,
    /// The digest of its payload, as sent.
    pub digest: String,
    /// BLAKE3 (hex) of the body, unpacked; it says whether the page changed.
    pub hash: String,
    /// When it was fetched.
    pub at: Timestamp,
    /// Whether it is a page, rather than a feed or a sitemap.
    pub is_page: bool,
}

/// What became of a page's content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read {
    /// The hash of the content that was read.
    pub hash: String,
    /// The reader's version.
    pub reader: String,
    /// Whether it was refused as no article.
    pub refused: bool,
}

/// What is known of a host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Host {
    /// Its robots.txt, by origin.
    pub robots: BTreeMap<String, RobotsText>,
    /// It asked to be left alone until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

/// A robots.txt that answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RobotsText {
    /// When.
    pub at: Timestamp,
    /// Its status.
    pub status: u16,
    /// Its text, cut to the size that is read.
    pub text: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Seen {
    /// The earlier record that a revisit would refer to.
    pub fn revisited(&self) -> Option<Revisited> {
        let content = self.content.as_ref()?;
        Some(Revisited { at: content.at, digest: content.digest.clone(), record: content.record.clone() })
    }

    fn take_metadata(&mut self, fields: &[u8]) {
        for line in String::from_utf8_lossy(fields).lines() {
            match line.split_once(": ") {
                Some(("via", via)) if self.via.is_none() => self.via = Some(via.to_owned()),
                Some(("publisher", publisher)) if self.publisher.is_none() => self.publisher = Some(publisher.to_owned()),
                _ => {}
            }
        }
    }

    /// Takes what an archived response says, as far as a crash lets it be trusted.
    ///
    /// What a feed or sitemap listed was lost with the crash, so it does not count as asked and has to be sent again in full.
    fn take_response(&mut self, record: &Record, page: &Page, at: Timestamp) {
        let is_answer = (200..300).contains(&page.status);
        let is_page = page.is_html();
        if is_answer {
            self.content = Some(Content {
                id: record.id.to_string(),
                record: record.header("WARC-Record-ID").unwrap_or_default().trim_matches(['<', '>']).to_owned(),
                digest: record.header("WARC-Payload-Digest").unwrap_or_default().to_owned(),
                hash: blake3::hash(&page.bytes).to_hex().to_string(),
                at,
                is_page,
            });
            self.changed = Some(at);
            self.etag = page.header("etag").filter(|_| is_page).map(str::to_owned);
            self.last_modified = page.header("last-modified").filter(|_| is_page).map(str::to_owned);
        }
        self.status = Some(page.status);
        self.failure = (400..).contains(&page.status).then_some(Failure::Status(page.status));
        if is_page || !is_answer {
            self.checked = Some(at);
        }
    }

    /// Whether its content waits for the reader.
    fn is_unread(&self, reader: &str, reread: bool) -> bool {
        let Some(content) = self.content.as_ref().filter(|content| content.is_page) else { return false };
        self.read.as_ref().is_none_or(|read| read.hash != content.hash || (reread && read.reader != reader))
    }
}

/// The database, with what is not yet committed held in memory.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    database: Database,
    pages: BTreeMap<String, Seen>,
    hosts: BTreeMap<String, Host>,
}

impl State {
    /// Opens the database, made if it is not there; a second opener is told that it is [`FetchError::Locked`].
    pub fn open(path: &Path) -> Result<Self, FetchError> {
        let database = Database::create(path).map_err(|error| match error {
            redb::DatabaseError::DatabaseAlreadyOpen => FetchError::Locked { path: path.to_owned() },
            other => trouble(path, other),
        })?;
        let state = Self { path: path.to_owned(), database, pages: BTreeMap::new(), hosts: BTreeMap::new() };
        state.make_tables().map_err(|error| trouble(path, error))?;
        Ok(state)
    }

    fn make_tables(&self) -> Result<(), redb::Error> {
        let write = self.database.begin_write()?;
        write.open_table(PAGES)?;
        write.open_table(HOSTS)?;
        write.commit()?;
        Ok(())
    }

    /// What is known of an address.
    pub fn page(&self, url: &str) -> Result<Option<Seen>, FetchError> {
        match self.pages.get(url) {
            Some(seen) => Ok(Some(seen.clone())),
            None => self.stored(PAGES, url),
        }
    }

    /// What is known of a host.
    pub fn host(&self, name: &str) -> Result<Host, FetchError> {
        match self.hosts.get(name) {
            Some(host) => Ok(host.clone()),
            None => Ok(self.stored(HOSTS, name)?.unwrap_or_default()),
        }
    }

    /// Notes what is known of an address, until [`State::commit`].
    pub fn put_page(&mut self, url: &str, seen: Seen) {
        self.pages.insert(url.to_owned(), seen);
    }

    /// Notes what is known of a host, until [`State::commit`].
    pub fn put_host(&mut self, name: &str, host: Host) {
        self.hosts.insert(name.to_owned(), host);
    }

    /// How many notes wait for a commit.
    pub fn uncommitted(&self) -> usize {
        self.pages.len() + self.hosts.len()
    }

    /// Makes all notes durable at once, or none of them.
    pub fn commit(&mut self) -> Result<(), FetchError> {
        if self.uncommitted() == 0 {
            return Ok(());
        }
        self.write_notes().map_err(|error| trouble(&self.path, error))?;
        self.forget_notes();
        Ok(())
    }

    /// Forgets all notes since the last commit.
    pub fn forget_notes(&mut self) {
        self.pages.clear();
        self.hosts.clear();
    }

    fn write_notes(&self) -> Result<(), redb::Error> {
        let write = self.database.begin_write()?;
        {
            let mut pages = write.open_table(PAGES)?;
            for (url, seen) in &self.pages {
                pages.insert(url.as_str(), json(seen).as_slice())?;
            }
            let mut hosts = write.open_table(HOSTS)?;
            for (name, host) in &self.hosts {
                hosts.insert(name.as_str(), json(host).as_slice())?;
            }
        }
        write.commit()?;
        Ok(())
    }

    /// Calls a function with every address in order; only what is committed is seen.
    pub fn each_page(&self, mut look: impl FnMut(&str, Seen)) -> Result<(), FetchError> {
        let mut walk = || -> Result<Result<(), FetchError>, redb::Error> {
            let read = self.database.begin_read()?;
            for row in read.open_table(PAGES)?.iter()? {
                let (url, value) = row?;
                match parse(url.value(), value.value()) {
                    Ok(seen) => look(url.value(), seen),
                    Err(error) => return Ok(Err(error)),
                }
            }
            Ok(Ok(()))
        };
        walk().map_err(|error| trouble(&self.path, error))?
    }

    /// Pages whose content waits for a reader, in order of address: (address, record).
    ///
    /// A page is read again only if it changed, or with `reread` if the reader's version did.
    pub fn unread(&self, reader: &str, reread: bool) -> Result<Vec<(String, RecordId)>, FetchError> {
        let mut waiting = Vec::new();
        self.each_page(|url, seen| {
            if seen.is_unread(reader, reread)
                && let Some(id) = seen.content.and_then(|content| content.id.parse().ok())
            {
                waiting.push((url.to_owned(), id));
            }
        })?;
        Ok(waiting)
    }

    /// Notes that a page's content was read.
    pub fn mark_read(&mut self, url: &str, reader: &str, refused: bool) -> Result<(), FetchError> {
        let Some(mut seen) = self.page(url)? else { return Ok(()) };
        let Some(content) = &seen.content else { return Ok(()) };
        seen.read = Some(Read { hash: content.hash.clone(), reader: reader.to_owned(), refused });
        self.put_page(url, seen);
        Ok(())
    }

    /// Notes an archived record that the state may not know, as a crash between the two leaves it.
    pub fn replay(&mut self, record: &Record) -> Result<(), FetchError> {
        let (Some(url), Some(at)) = (record.url().map(str::to_owned), record.date()) else { return Ok(()) };
        let mut seen = self.page(&url)?.unwrap_or_default();
        match record.kind() {
            "metadata" => seen.take_metadata(&record.block),
            // A record's time has no fractions, the state's may.
            "revisit" | "response" if seen.checked.is_some_and(|checked| checked.as_second() >= at.as_second()) => return Ok(()),
            "revisit" => seen.checked = Some(at),
            "response" => {
                let Some(Ok(page)) = Page::read(record.clone()) else { return Ok(()) };
                if let Some(target) = page.redirects_to() {
                    let known = self.page(target.as_str())?;
                    let next = Seen { publisher: seen.publisher.clone(), via: Some(url.clone()), first: Some(at), ..Seen::default() };
                    self.put_page(target.as_str(), known.unwrap_or(next));
                }
                seen.take_response(record, &page, at);
            }
            _ => return Ok(()),
        }
        seen.first = seen.first.or(Some(at));
        self.put_page(&url, seen);
        Ok(())
    }

    fn stored<T: DeserializeOwned>(&self, table: TableDefinition<&str, &[u8]>, key: &str) -> Result<Option<T>, FetchError> {
        let look = || -> Result<Option<Vec<u8>>, redb::Error> {
            let read = self.database.begin_read()?;
            Ok(read.open_table(table)?.get(key)?.map(|value| value.value().to_vec()))
        };
        let value = look().map_err(|error| trouble(&self.path, error))?;
        value.map(|value| parse(key, &value)).transpose()
    }
}

fn trouble(path: &Path, error: impl Into<redb::Error>) -> FetchError {
    FetchError::State { path: path.to_owned(), source: Box::new(error.into()) }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(key: &str, value: &[u8]) -> Result<T, FetchError> {
    serde_json::from_slice(value).map_err(|error| FetchError::Malformed { what: format!("state of {key}"), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(hash: &str) -> Content {
        Content {
            id: "a.warc.gz:7".to_owned(),
            record: String::new(),
            digest: String::new(),
            hash: hash.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            is_page: true,
        }
    }

    #[test]
    fn notes_are_seen_at_once_and_kept_after_a_commit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.redb");
        let mut state = State::open(&path).unwrap();
        state.put_page("u", Seen { status: Some(200), ..Seen::default() });
        assert_eq!(state.page("u").unwrap().unwrap().status, Some(200));
        assert!(matches!(State::open(&path), Err(FetchError::Locked { .. })));
        state.commit().unwrap();
        drop(state);
        let state = State::open(&path).unwrap();
        assert_eq!(state.page("u").unwrap().unwrap().status, Some(200));
        assert_eq!(state.page("v").unwrap(), None);
    }

    #[test]
    fn a_page_is_read_again_only_if_it_changed_or_the_reader_did() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = State::open(&folder.path().join("state.redb")).unwrap();
        let unread = |state: &mut State, reader: &str, reread: bool| {
            state.commit().unwrap();
            state.unread(reader, reread).unwrap().len()
        };
        state.put_page("u", Seen { content: Some(content("1")), ..Seen::default() });
        assert_eq!(unread(&mut state, "r1", false), 1);
        state.mark_read("u", "r1", false).unwrap();
        assert_eq!(unread(&mut state, "r1", true), 0);
        assert_eq!(unread(&mut state, "r2", false), 0);
        assert_eq!(unread(&mut state, "r2", true), 1);
        let mut seen = state.page("u").unwrap().unwrap();
        seen.content = Some(content("2"));
        state.put_page("u", seen);
        assert_eq!(unread(&mut state, "r1", false), 1);
    }
}
