//! Records of a WARC file, one at a time: gzip member by member or plain, whoever wrote it.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::Timestamp;

use super::stream::{Counted, Unpacker, skip_blank};
use super::{files, name_below};
use crate::FetchError;

/// The largest record that is read; a larger one is passed over and named.
pub const MAX_RECORD: u64 = 64 << 20;
/// The most bytes of a record's own header.
const MAX_HEAD: u64 = 1 << 20;

/// Where a record is: `file:offset`.
///
/// The offset is that of the gzip member, or of the record where the file is plain.
/// Where one member holds many records, the place within it is added, so that ids stay unique.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Name of the file, below the folder that was read.
    pub file: String,
    /// Offset in the file.
    pub offset: u64,
    /// Place within the unpacked member, if not its front.
    pub within: u64,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.offset)?;
        if self.within > 0 { write!(f, "+{}", self.within) } else { Ok(()) }
    }
}

impl FromStr for RecordId {
    type Err = FetchError;

    fn from_str(text: &str) -> Result<Self, FetchError> {
        let malformed = || FetchError::Malformed { what: text.to_owned(), why: "a record is named file.warc.gz:offset".to_owned() };
        let (file, place) = text.rsplit_once(':').ok_or_else(malformed)?;
        let (offset, within) = place.split_once('+').unwrap_or((place, "0"));
        let number = |digits: &str| digits.parse().map_err(|_| malformed());
        Ok(Self { file: file.to_owned(), offset: number(offset)?, within: number(within)? })
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it is.
    pub id: RecordId,
    /// Bytes that it takes in the file; 0 where the member holds other records too.
    pub length: u64,
    /// Its headers, in order.
    pub headers: Vec<(String, String)>,
    /// Its block.
    pub block: Vec<u8>,
}

impl Record {
    /// A header by name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// `response`, `request`, `revisit`, ….
    pub fn kind(&self) -> &str {
        self.header("WARC-Type").unwrap_or_default()
    }

    /// The address; some tools put it in angle brackets.
    pub fn url(&self) -> Option<&str> {
        self.header("WARC-Target-URI").map(|url| url.trim_start_matches('<').trim_end_matches('>'))
    }

    /// When it was recorded.
    pub fn date(&self) -> Option<Timestamp> {
        self.header("WARC-Date").and_then(|date| date.parse().ok())
    }
}

/// The records of a file, or of all files of a folder in order of name, in a stream: memory holds one record.
///
/// What cannot be read is an error among the records; the stream goes on behind it.
pub fn records(path: &Path) -> Result<impl Iterator<Item = Result<Record, FetchError>> + Send + use<>, FetchError> {
    let root = path.to_owned();
    let opened = files(path)?.into_iter().map(move |file| open(&root, &file));
    Ok(opened.flat_map(|opened| -> Box<dyn Iterator<Item = Result<Record, FetchError>> + Send> {
        match opened {
            Ok(records) => Box::new(records),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }))
}

fn open(root: &Path, path: &Path) -> Result<Records<BufReader<File>>, FetchError> {
    let file = File::open(path).map_err(FetchError::file(path))?;
    Ok(Records::new(BufReader::with_capacity(256 * 1024, file), &name_below(root, path)))
}

/// The record of an id, below the folder that the id was read from.
pub fn record_at(folder: &Path, id: &RecordId) -> Result<Record, FetchError> {
    let path = resolve(folder, &id.file)?;
    let mut file = File::open(&path).map_err(FetchError::file(&path))?;
    file.seek(SeekFrom::Start(id.offset)).map_err(FetchError::file(&path))?;
    let mut records = Records::starting_at(BufReader::new(file), &id.file, id.offset);
    let found = records.find(|record| record.as_ref().map_or(true, |record| record.id.within >= id.within));
    found.unwrap_or_else(|| Err(damaged(&id.file, id.offset, "there is no record")))
}

/// The file of an id; an id never leads out of its folder.
fn resolve(folder: &Path, name: &str) -> Result<PathBuf, FetchError> {
    let inside = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside {
        return Err(FetchError::Malformed { what: name.to_owned(), why: "a record's file lies in the archive".to_owned() });
    }
    if !folder.is_dir() {
        return Ok(folder.to_owned());
    }
    let closed = folder.join(name);
    let open = folder.join(format!("{name}{}", super::OPEN));
    Ok(if closed.exists() || !open.exists() { closed } else { open })
}

fn damaged(file: &str, offset: u64, why: &str) -> FetchError {
    FetchError::Damaged { file: file.to_owned(), offset, why: why.to_owned() }
}

/// The records of any stream.
#[derive(Debug)]
pub struct Records<R: BufRead> {
    name: String,
    place: Place<R>,
    /// Has the stream while a member is read.
    unpacker: Unpacker<R>,
    /// After damage, what does not read is passed over in silence until something does.
    lost: bool,
}

#[derive(Debug)]
enum Place<R> {
    Between(Counted<R>),
    Member { start: u64 },
    End,
}

impl<R: BufRead> Records<R> {
    /// Reads a stream; the name is the front of its records' ids.
    pub fn new(stream: R, name: &str) -> Self {
        Self::starting_at(stream, name, 0)
    }

    fn starting_at(stream: R, name: &str, offset: u64) -> Self {
        Self { name: name.to_owned(), place: Place::Between(Counted::new(stream, offset)), unpacker: Unpacker::new(), lost: false }
    }

    /// Where the stream stands: behind the last record that was read, when between two.
    pub(crate) fn position(&self) -> Option<u64> {
        match &self.place {
            Place::Between(stream) => Some(stream.at()),
            _ => None,
        }
    }

    fn step(&mut self) -> Option<Result<Record, Trouble>> {
        loop {
            match std::mem::replace(&mut self.place, Place::End) {
                Place::End => return None,
                Place::Between(mut stream) => match stream.first_byte() {
                    Err(error) => return Some(Err(Trouble::at(stream.at(), &error.to_string()))),
                    Ok(None) => return None,
                    Ok(Some(0x1f)) => {
                        self.place = Place::Member { start: stream.at() };
                        self.unpacker.begin(stream);
                    }
                    Ok(Some(_)) => return self.plain(stream),
                },
                Place::Member { start } => match self.unpacker.fill_buf().map(<[u8]>::is_empty) {
                    Ok(true) => self.leave_member(),
                    Ok(false) => return Some(self.packed(start)),
                    Err(error) => {
                        self.leave_member();
                        return Some(Err(Trouble::at(start, &error.to_string())));
                    }
                },
            }
        }
    }

    fn leave_member(&mut self) {
        self.place = self.unpacker.end().map_or(Place::End, Place::Between);
    }

    fn plain(&mut self, mut stream: Counted<R>) -> Option<Result<Record, Trouble>> {
        let start = stream.at();
        let read = read_record(&mut stream);
        let length = stream.at() - start;
        self.place = Place::Between(stream);
        match read {
            Ok(None) => None,
            Ok(Some(parts)) => Some(Ok(self.record(parts, start, 0, length))),
            Err(why) => Some(Err(Trouble::at(start, &why))),
        }
    }

    fn packed(&mut self, start: u64) -> Result<Record, Trouble> {
        let within = self.unpacker.within();
        let read = read_record(&mut self.unpacker).and_then(|parts| match parts {
            // Looking behind the record makes the member's checksum count for it.
            Some(parts) => self.unpacker.fill_buf().map(|rest| (parts, rest.is_empty())).map_err(|error| error.to_string()),
            None => Err("the member holds no record".to_owned()),
        });
        if matches!(read, Ok((_, false))) {
            self.place = Place::Member { start };
        } else {
            self.leave_member();
        }
        let (parts, _) = read.map_err(|why| Trouble::at(start, &why))?;
        // A record has a length of its own where it has the member for itself.
        let length = Self::position(self).filter(|_| within == 0).map_or(0, |end| end - start);
        Ok(self.record(parts, start, within, length))
    }

    fn record(&self, (headers, block): Parts, offset: u64, within: u64, length: u64) -> Record {
        Record { id: RecordId { file: self.name.clone(), offset, within }, length, headers, block }
    }

    /// Goes to the next place where a record may start.
    fn resume(&mut self) {
        if let Place::Between(stream) = &mut self.place
            && !stream.skip_to_record().unwrap_or(false)
        {
            self.place = Place::End;
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, FetchError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.step()? {
                Ok(record) => {
                    self.lost = false;
                    return Some(Ok(record));
                }
                Err(Trouble { offset, why }) => {
                    self.resume();
                    if !std::mem::replace(&mut self.lost, true) {
                        return Some(Err(damaged(&self.name, offset, &why)));
                    }
                }
            }
        }
    }
}

struct Trouble {
    offset: u64,
    why: String,
}

impl Trouble {
    fn at(offset: u64, why: &str) -> Self {
        Self { offset, why: why.to_owned() }
    }
}

type Parts = (Vec<(String, String)>, Vec<u8>);

/// Reads one record; `None` where only blank lines are left.
fn read_record(reader: &mut impl BufRead) -> Result<Option<Parts>, String> {
    let Some(headers) = read_head(reader)? else { return Ok(None) };
    let length = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case("Content-Length"));
    let length: u64 = length.and_then(|(_, value)| value.parse().ok()).ok_or("the record has no length")?;
    if length > MAX_RECORD {
        io::copy(&mut reader.take(length), &mut io::sink()).map_err(|error| error.to_string())?;
        return Err(format!("the record has {length} bytes, more than the {MAX_RECORD} that are read"));
    }
    let block = read_block(reader, length as usize).map_err(|error| error.to_string())?;
    if block.len() as u64 != length {
        return Err(format!("the record ends after {} of {length} bytes", block.len()));
    }
    skip_blank(reader, 4).map_err(|error| error.to_string())?;
    Ok(Some((headers, block)))
}

/// Reads a block, window by window; less than its length only at the end of the stream.
fn read_block(reader: &mut impl BufRead, length: usize) -> io::Result<Vec<u8>> {
    let mut block = Vec::with_capacity(length);
    while block.len() < length {
        let window = reader.fill_buf()?;
        let taken = window.len().min(length - block.len());
        if taken == 0 {
            break;
        }
        block.extend_from_slice(&window[..taken]);
        reader.consume(taken);
    }
    Ok(block)
}

fn read_head(reader: &mut impl BufRead) -> Result<Option<Vec<(String, String)>>, String> {
    let mut reader = reader.take(MAX_HEAD);
    let mut version = Vec::new();
    while version.is_empty() {
        if !read_line(&mut reader, &mut version)? {
            return Ok(None);
        }
    }
    if !version.starts_with(b"WARC/") {
        return Err("this is no WARC record".to_owned());
    }
    let mut headers: Vec<(String, String)> = Vec::with_capacity(16);
    let mut line = Vec::new();
    loop {
        line.clear();
        if !read_line(&mut reader, &mut line)? {
            return Err("the record ends within its headers".to_owned());
        }
        if line.is_empty() {
            return Ok(Some(headers));
        }
        let text = String::from_utf8_lossy(&line);
        match (headers.last_mut(), text.split_once(':')) {
            (Some((_, value)), _) if text.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (_, Some((key, value))) => headers.push((key.trim().to_owned(), value.trim().to_owned())),
            (_, None) => return Err("a header of the record has no colon".to_owned()),
        }
    }
}

/// Reads a line without its ending; false at the end of the stream.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, String> {
    let read = reader.read_until(b'\n', line).map_err(|error| error.to_string())?;
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(read > 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn record(body: &str) -> Vec<u8> {
        format!("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n", body.len()).into_bytes()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Vec<Got> {
        // A tiny buffer finds every place where a window may end.
        Records::new(BufReader::with_capacity(7, bytes), "f")
            .map(|record| match record {
                Ok(record) => Ok((record.id.to_string(), String::from_utf8(record.block).unwrap())),
                Err(error) => Err(error.to_string()),
            })
            .collect()
    }

    type Got = Result<(String, String), String>;

    #[expect(clippy::unnecessary_wraps, reason = "it stands beside what was read, which may be damage")]
    fn good(id: &str, body: &str) -> Got {
        Ok((id.to_owned(), body.to_owned()))
    }

    #[test]
    fn members_plain_records_and_many_in_one_member() {
        let (a, b) = (gzip(&record("one")), gzip(&record("two")));
        let second = format!("f:{}", a.len());
        assert_eq!(read(&[a.clone(), b].concat()), [good("f:0", "one"), good(&second, "two")]);
        let second = format!("f:{}", record("one").len());
        assert_eq!(read(&[record("one"), record("two")].concat()), [good("f:0", "one"), good(&second, "two")]);
        let both = gzip(&[record("one"), record("two")].concat());
        assert_eq!(read(&both), [good("f:0", "one"), good(&format!("f:0+{}", record("one").len()), "two")]);
        assert_eq!(read(b""), []);
        assert_eq!(read(b"\r\n\r\n"), []);
    }

    #[test]
    fn damage_is_named_and_passed_over() {
        let (a, b, c) = (gzip(&record("one")), gzip(&record("two")), gzip(&record("three")));
        let mut broken = b.clone();
        let middle = broken.len() - 12;
        broken[middle] ^= 0xff;
        let got = read(&[a.clone(), broken, c.clone()].concat());
        assert_eq!(got[0], good("f:0", "one"));
        assert!(got[1].as_ref().unwrap_err().starts_with(&format!("f:{}", a.len())), "{:?}", got[1]);
        assert_eq!(got[2], good(&format!("f:{}", a.len() + b.len()), "three"));

        let torn = [a.clone(), b[..b.len() - 9].to_vec()].concat();
        let got = read(&torn);
        assert_eq!(got[0], good("f:0", "one"));
        assert!(got[1].is_err() && got.len() == 2, "{got:?}");

        let got = read(&[record("one"), b"garbage\nWARC of no kind\n".to_vec(), record("two")].concat());
        assert!(got[0].is_ok() && got[1].is_err() && got[2].is_ok() && got.len() == 3, "{got:?}");
    }

    #[test]
    fn odd_headers_are_read() {
        let odd = b"WARC/1.0\nwarc-type: response\nWARC-Target-URI: <http://a.example/>\nX: a\n  b\ncontent-length: 1\n\nz\n\n";
        let got: Vec<_> = Records::new(&odd[..], "f").collect::<Result<_, _>>().unwrap();
        assert_eq!((got[0].kind(), got[0].url(), got[0].header("x")), ("response", Some("http://a.example/"), Some("a b")));
        assert!(read(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx")[0].is_err());
        assert!(read(b"WARC/1.0\r\n\r\n")[0].as_ref().unwrap_err().contains("no length"));
        assert!(read(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0])[0].is_err());
    }

    #[test]
    fn ids_are_read_back() {
        for text in ["a.warc.gz:0", "x/b.warc:12", "a.warc.gz:3+400"] {
            assert_eq!(text.parse::<RecordId>().unwrap().to_string(), text);
        }
        assert!("a.warc.gz".parse::<RecordId>().is_err());
        let id = RecordId { file: "../secret".to_owned(), offset: 0, within: 0 };
        assert!(record_at(&std::env::temp_dir(), &id).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>) {
            let _ = read_all(&bytes);
        }

        #[test]
        fn no_cut_breaks_it(at in 0_usize..200) {
            let file = [gzip(&record("one")), gzip(&record("two"))].concat();
            let _ = read_all(&file[..at.min(file.len())]);
        }
    }

    fn read_all(bytes: &[u8]) -> usize {
        Records::new(bytes, "f").count()
    }
}
