//! Responses of an archive as pages: HTTP headers read, chunks joined, body unpacked.

use std::path::Path;
use std::sync::mpsc;
use std::thread;

use jiff::Timestamp;
use url::Url;

use super::read::MAX_RECORD;
use super::{Record, RecordId, record_at, records};
use crate::{FetchError, body};

/// A page as it was answered, unpacked.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The record that it was read from.
    pub id: RecordId,
    /// Its address.
    pub url: String,
    /// When it was fetched.
    pub at: Option<Timestamp>,
    /// HTTP status; 200 for a `resource`, which has none.
    pub status: u16,
    /// HTTP headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
}

impl Page {
    /// A header by name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The media type, in lower case and without parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The charset that the server declared.
    pub fn charset(&self) -> Option<&str> {
        self.header("content-type")?.split(';').skip(1).find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
        })
    }

    /// Whether it is an answered HTML page: neither a feed nor a redirect nor an error.
    pub fn is_html(&self) -> bool {
        (200..300).contains(&self.status)
            && self
                .media_type()
                .map_or_else(|| looks_like_html(&self.bytes), |kind| matches!(kind.as_str(), "text/html" | "application/xhtml+xml"))
    }

    /// Where a redirect leads.
    pub fn redirects_to(&self) -> Option<Url> {
        let location = self.header("location").filter(|_| matches!(self.status, 301 | 302 | 303 | 307 | 308))?;
        Url::parse(&self.url).ok()?.join(location).ok()
    }

    /// Reads a record as a page; `None` if it is none (a request, a revisit, a DNS answer, …).
    pub fn read(record: Record) -> Option<Result<Self, FetchError>> {
        let url = record.url()?.to_owned();
        let content_type = record.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
        match record.kind() {
            "response" if content_type.starts_with("application/http") => Some(response(record, url)),
            "resource" | "conversion" if url.starts_with("http") => {
                let (id, at) = (record.id.clone(), record.date());
                Some(Ok(Self { id, url, at, status: 200, headers: vec![("content-type".to_owned(), content_type)], bytes: record.block }))
            }
            _ => None,
        }
    }
}

/// Pages are handed from thread to thread by so many bytes or more: a handing over costs as much as unpacking half a page.
const BATCH: usize = 256 * 1024;
/// Batches that are unpacked ahead of the reader, 32 MB: who reads many pages at once finds the next ones unpacked when they are done.
const AHEAD: usize = 128;

/// The pages of a file, or of all files of a folder in order of name, in a stream.
///
/// A thread of its own reads and unpacks some pages ahead, so that packed pages come about as fast as files do.
/// It ends with the stream, or when the stream is dropped.
pub fn pages(path: &Path) -> Result<impl Iterator<Item = Result<Page, FetchError>> + Send + use<>, FetchError> {
    let records = records(path)?;
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    thread::spawn(move || {
        let mut pages = records.filter_map(|record| match record {
            Ok(record) => Page::read(record),
            Err(error) => Some(Err(error)),
        });
        // A reader that went away wants no more.
        while let Some(batch) = batch(&mut pages)
            && sender.send(batch).is_ok()
        {}
    });
    Ok(receiver.into_iter().flatten())
}

/// The next pages; `None` at their end.
fn batch(pages: &mut impl Iterator<Item = Result<Page, FetchError>>) -> Option<Vec<Result<Page, FetchError>>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH
        && let Some(page) = pages.next()
    {
        bytes += page.as_ref().map_or(0, |page| page.bytes.len());
        batch.push(page);
    }
    (!batch.is_empty()).then_some(batch)
}

/// The page of a record, below the folder that its id was read from.
pub fn page_at(folder: &Path, id: &RecordId) -> Result<Page, FetchError> {
    Page::read(record_at(folder, id)?).unwrap_or_else(|| Err(damaged(id, "the record is no page")))
}

fn damaged(id: &RecordId, why: &str) -> FetchError {
    FetchError::Damaged { file: id.file.clone(), offset: id.offset, why: why.to_owned() }
}

fn response(record: Record, url: String) -> Result<Page, FetchError> {
    let (id, at) = (record.id.clone(), record.date());
    let Http { status, headers, start } = http_head(&record.block).ok_or_else(|| damaged(&id, "the HTTP headers do not read"))?;
    let mut page = Page { id, url, at, status, headers, bytes: record.block };
    page.bytes.drain(..start);
    if page.header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
        && let Some(joined) = joined_chunks(&page.bytes)
    {
        page.bytes = joined;
    }
    if let Some(coding) = page.header("content-encoding") {
        match body::decode(&page.bytes, Some(coding), MAX_RECORD) {
            Ok(unpacked) => page.bytes = unpacked,
            // Browsers archive unpacked bodies under the headers of packed ones.
            Err(_) if looks_like_text(&page.bytes) => {}
            Err(failure) => return Err(damaged(&page.id, &failure.to_string())),
        }
    }
    Ok(page)
}

/// The head of an HTTP response.
pub(super) struct Http {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    /// Where the body starts.
    pub(super) start: usize,
}

pub(super) fn http_head(block: &[u8]) -> Option<Http> {
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, block);
    let start = match parsed {
        Ok(httparse::Status::Complete(start)) => start,
        // Some tools leave out the blank line where there is no body.
        Ok(httparse::Status::Partial) if response.code.is_some() => block.len(),
        // `HTTP/2 200`, as newer tools write it.
        _ if block.starts_with(b"HTTP/2") || block.starts_with(b"HTTP/3") => return later_version(block),
        _ => return None,
    };
    let headers = response.headers.iter().take_while(|header| !header.name.is_empty());
    let headers = headers.map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned())).collect();
    Some(Http { status: response.code?, headers, start })
}

fn later_version(block: &[u8]) -> Option<Http> {
    let space = block.iter().position(|byte| *byte == b' ')?;
    let line_end = block.iter().position(|byte| *byte == b'\n')?;
    let mut line = [b"HTTP/1.1", block.get(space..line_end)?, b"\n"].concat();
    let grown = line.len() as isize - (line_end + 1) as isize;
    line.extend_from_slice(&block[line_end + 1..]);
    let head = http_head(&line)?;
    Some(Http { start: head.start.checked_add_signed(-grown)?, ..head })
}

/// Joins the chunks of a body; `None` if it has none, as archives of proxies do in spite of the header.
fn joined_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((_, 0))) => return Some(out),
            Ok(httparse::Status::Complete((start, size))) => {
                let end = start.saturating_add(usize::try_from(size).ok()?);
                out.extend_from_slice(rest.get(start..end.min(rest.len()))?);
                rest = rest.get(end..).unwrap_or_default();
                rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
            }
            Err(_) if out.is_empty() => return None,
            // A body that broke off is what was recorded.
            Ok(httparse::Status::Partial) | Err(_) => return Some(out),
        }
    }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    let front = &bytes[..bytes.len().min(512)];
    !front.iter().any(|byte| *byte < 0x20 && !byte.is_ascii_whitespace())
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let front = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html"].iter().any(|sign| front.windows(sign.len()).any(|window| window == *sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(http: &[u8]) -> Page {
        let headers =
            [("WARC-Type", "response"), ("WARC-Target-URI", "http://a.example/"), ("Content-Type", "application/http; msgtype=response")];
        let headers = headers.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let id = RecordId { file: "f".to_owned(), offset: 0, within: 0 };
        Page::read(Record { id, length: 0, headers, block: http.to_vec() }).unwrap().unwrap()
    }

    #[test]
    fn chunks_are_joined_where_there_are_any() {
        let chunked = page(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
        assert_eq!(chunked.bytes, b"abcde");
        let joined = page(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>no chunks</p>");
        assert_eq!(joined.bytes, b"<p>no chunks</p>");
        let cut = page(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nde");
        assert_eq!(cut.bytes, b"abcde");
    }

    #[test]
    fn headers_of_many_tools_are_read() {
        let page = page(b"HTTP/2 200\r\ncontent-type: Text/HTML; charset=\"utf-8\"\r\ncontent-encoding: br\r\n\r\n<html>unpacked");
        assert_eq!((page.status, page.media_type().as_deref(), page.charset()), (200, Some("text/html"), Some("utf-8")));
        assert_eq!(page.bytes, b"<html>unpacked");
        assert!(page.is_html());
    }

    #[test]
    fn a_page_without_a_type_is_looked_at() {
        assert!(page(b"HTTP/1.0 200 OK\r\n\r\n\n<!DOCTYPE HTML>").is_html());
        assert!(!page(b"HTTP/1.0 200 OK\r\n\r\n<rss/>").is_html());
        assert!(!page(b"HTTP/1.1 302 Found\r\nContent-Type: text/html\r\n\r\n<html>").is_html());
    }
}
