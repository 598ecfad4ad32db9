//! Records out: packed by whoever fetched, appended by one writer, rotated by size and day.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

use super::index::Entry;
use super::{OPEN, RecordId, digest};
use crate::FetchError;
use crate::client::Exchange;

const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Why a page was fetched, for the metadata record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The feed, sitemap or page that named it.
    pub via: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// How the exchange went about robots.txt, in words.
    pub robots: &'static str,
}

/// The earlier record that an unchanged page refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Revisited {
    /// When it was fetched.
    pub at: Timestamp,
    /// The digest of its payload.
    pub digest: String,
    /// Its `WARC-Record-ID`.
    pub record: String,
}

/// A response with its request and metadata, packed and ready to append.
#[derive(Clone, Debug)]
pub struct Packed {
    bytes: Vec<u8>,
    entry: Entry,
    /// Its `WARC-Record-ID`.
    pub record: String,
    /// The digest of the payload; for a 304 that of the page that it confirms.
    pub digest: String,
    /// Whether it says that nothing changed.
    pub is_revisit: bool,
}

/// Where a group was written, and how many bytes it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The response's record.
    pub id: RecordId,
    /// Bytes of the whole group.
    pub bytes: u64,
}

/// Packs an exchange: a response, or a revisit where the server or the payload says that nothing changed.
///
/// The response comes first and all go out in one write, so that a crash between leaves a page without its request, never the other way.
pub fn pack(exchange: &Exchange, about: &About, earlier: Option<&Revisited>) -> io::Result<Packed> {
    let payload = digest(&exchange.body);
    let url = exchange.url.as_str();
    let revisit = earlier.and_then(|earlier| match exchange.status {
        304 => Some((NOT_MODIFIED, earlier)),
        200 if earlier.digest == payload => Some((SAME_PAYLOAD, earlier)),
        _ => None,
    });
    let record = record_urn(&["response", url, &exchange.at.to_string(), &payload]);
    let shared_digest = revisit.map_or(&payload, |(_, earlier)| &earlier.digest).clone();

    let mut head = format!("HTTP/1.1 {} {}\r\n", exchange.status, exchange.reason).into_bytes();
    for (name, value) in &exchange.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    let mut response = Head::new(if revisit.is_some() { "revisit" } else { "response" }, &record, exchange.at);
    response.add("WARC-Target-URI", url);
    if let Some(peer) = exchange.peer {
        response.add("WARC-IP-Address", &peer.to_string());
    }
    response.add("WARC-Payload-Digest", &shared_digest);
    if let Some((profile, earlier)) = revisit {
        response.add("WARC-Profile", profile);
        response.add("WARC-Refers-To", &format!("<{}>", earlier.record));
        response.add("WARC-Refers-To-Target-URI", url);
        response.add("WARC-Refers-To-Date", &seconds(earlier.at));
    }
    let body: &[u8] = if revisit.is_some() { &[] } else { &exchange.body };
    let mut bytes = response.member("application/http; msgtype=response", &[&head, body])?;

    let entry = Entry {
        url: url.to_owned(),
        at: exchange.at,
        media_type: if revisit.is_some() { "warc/revisit".to_owned() } else { media_type(exchange) },
        status: exchange.status,
        digest: shared_digest.clone(),
        length: bytes.len() as u64,
        offset: 0,
        file: String::new(),
    };
    bytes.extend(request(exchange, &record)?);
    bytes.extend(metadata(exchange, about, &record)?);
    Ok(Packed { bytes, entry, record, digest: shared_digest, is_revisit: revisit.is_some() })
}

fn request(exchange: &Exchange, response: &str) -> io::Result<Vec<u8>> {
    let mut text = format!("GET {} HTTP/1.1\r\n", &exchange.url[url::Position::BeforePath..url::Position::AfterQuery]);
    for (name, value) in &exchange.asked {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text.push_str("\r\n");
    let urn = record_urn(&["request", response]);
    let mut head = Head::new("request", &urn, exchange.at);
    head.add("WARC-Target-URI", exchange.url.as_str());
    head.add("WARC-Concurrent-To", &format!("<{response}>"));
    head.member("application/http; msgtype=request", &[text.as_bytes()])
}

fn metadata(exchange: &Exchange, about: &About, response: &str) -> io::Result<Vec<u8>> {
    let mut text = String::new();
    for (key, value) in [("via", about.via.as_deref()), ("publisher", about.publisher.as_deref()), ("robots", Some(about.robots))] {
        if let Some(value) = value {
            let _ = write!(text, "{key}: {value}\r\n");
        }
    }
    let urn = record_urn(&["metadata", response]);
    let mut head = Head::new("metadata", &urn, exchange.at);
    head.add("WARC-Target-URI", exchange.url.as_str());
    head.add("WARC-Concurrent-To", &format!("<{response}>"));
    head.member("application/warc-fields", &[text.as_bytes()])
}

fn media_type(exchange: &Exchange) -> String {
    let value = exchange.header("content-type").unwrap_or("unk");
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The header of a record in the making.
struct Head(String);

impl Head {
    fn new(kind: &str, urn: &str, at: Timestamp) -> Self {
        Self(format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{urn}>\r\nWARC-Date: {}\r\n", seconds(at)))
    }

    fn add(&mut self, name: &str, value: &str) {
        let _ = write!(self.0, "{name}: {value}\r\n");
    }

    /// The record as a gzip member; its block is the pieces in order.
    fn member(mut self, content_type: &str, block: &[&[u8]]) -> io::Result<Vec<u8>> {
        let block = block.concat();
        self.add("WARC-Block-Digest", &digest(&block));
        self.add("Content-Type", content_type);
        self.add("Content-Length", &block.len().to_string());
        let mut member = GzBuilder::new().write(Vec::with_capacity(block.len() / 3 + 512), Compression::default());
        member.write_all(self.0.as_bytes())?;
        member.write_all(b"\r\n")?;
        member.write_all(&block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()
    }
}

/// A UUID (version 8, RFC 9562) made of what the record is: the same record has the same name, and no two share one.
fn record_urn(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut urn = String::from("urn:uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        urn.push_str(if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" });
        let _ = write!(urn, "{byte:02x}");
    }
    urn
}

/// The instant as WARC writes it, to the second, which is all that tools agree on.
fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Appends to the archive of a folder.
///
/// A file that is being written ends in `.open`; closing it writes its index and takes the ending away.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    software: String,
    contact: String,
    max_bytes: u64,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    name: String,
    at: u64,
    day: Date,
    entries: Vec<Entry>,
}

impl Writer {
    /// A writer for a folder, made if it is not there; no file is opened before the first record.
    pub fn new(folder: &Path, software: &str, contact: &str, max_bytes: u64) -> Result<Self, FetchError> {
        fs::create_dir_all(folder).map_err(FetchError::file(folder))?;
        Ok(Self { folder: folder.to_owned(), software: software.to_owned(), contact: contact.to_owned(), max_bytes, open: None })
    }

    /// Whether the file at hand has its size or its day behind it; commit what refers to it, then [`Writer::close`].
    pub fn is_full(&self, now: Timestamp) -> bool {
        self.open.as_ref().is_some_and(|open| open.at >= self.max_bytes || open.day != day(now))
    }

    /// Appends a group.
    pub fn append(&mut self, mut group: Packed, now: Timestamp) -> Result<Place, FetchError> {
        let folder = self.folder.clone();
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(Open::create(&folder, &self.software, &self.contact, now)?),
        };
        let id = RecordId { file: open.name.clone(), offset: open.at, within: 0 };
        open.file.write_all(&group.bytes).map_err(FetchError::file(folder.join(&open.name)))?;
        group.entry.offset = open.at;
        group.entry.file.clone_from(&open.name);
        open.entries.push(group.entry);
        open.at += group.bytes.len() as u64;
        Ok(Place { id, bytes: group.bytes.len() as u64 })
    }

    /// Makes sure that what was appended survives a power cut.
    pub fn sync(&self) -> Result<(), FetchError> {
        match &self.open {
            Some(open) => open.file.sync_data().map_err(FetchError::file(self.folder.join(&open.name))),
            None => Ok(()),
        }
    }

    /// Closes the file at hand: index first, then its final name.
    pub fn close(&mut self) -> Result<(), FetchError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        open.file.sync_all().map_err(FetchError::file(self.folder.join(&open.name)))?;
        finish(&self.folder, &open.name, &open.entries)
    }
}

/// Writes a file's index, then takes the ending of an open file away.
pub(super) fn finish(folder: &Path, name: &str, entries: &[Entry]) -> Result<(), FetchError> {
    super::index::write(folder, name, entries)?;
    let path = folder.join(name);
    fs::rename(folder.join(format!("{name}{OPEN}")), &path).map_err(FetchError::file(&path))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(FetchError::file(folder))
}

impl Open {
    fn create(folder: &Path, software: &str, contact: &str, now: Timestamp) -> Result<Self, FetchError> {
        for serial in 1.. {
            let name = format!("solieu-{}-{serial:05}.warc.gz", now.strftime("%Y%m%d%H%M%S"));
            let path = folder.join(format!("{name}{OPEN}"));
            if folder.join(&name).exists() {
                continue;
            }
            match OpenOptions::new().create_new(true).append(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(FetchError::File { path, source: error }),
                Ok(mut file) => {
                    let info = warcinfo(&name, software, contact, now).and_then(|info| file.write_all(&info).map(|()| info.len()));
                    let at = info.map_err(FetchError::file(&path))? as u64;
                    return Ok(Self { file, name, at, day: day(now), entries: Vec::new() });
                }
            }
        }
        unreachable!("some serial number is free")
    }
}

fn warcinfo(name: &str, software: &str, contact: &str, now: Timestamp) -> io::Result<Vec<u8>> {
    let text = format!(
        "software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nrobots: obey\r\noperator: {contact}\r\n"
    );
    let mut head = Head::new("warcinfo", &record_urn(&["warcinfo", name]), now);
    head.add("WARC-Filename", name);
    head.member("application/warc-fields", &[text.as_bytes()])
}

/// The day in Vietnam, by which files are rotated.
fn day(now: Timestamp) -> Date {
    Offset::UTC.to_datetime(now.saturating_add(7.hours()).unwrap_or(now)).date()
}
