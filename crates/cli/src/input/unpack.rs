//! Bytes of an input: gzip unpacked, size bounded, the bytes on disk counted and hashed on the way.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use model::{Issue, IssueKind};

use super::{STANDARD_INPUT, Seen};
use crate::error::without_number;

/// A page or line beyond this is refused: no article is as long, and a packed bomb is longer.
pub const LIMIT: u64 = 128 << 20;

/// Every gzip member begins with these.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// An open input.
#[expect(clippy::large_enum_variant, reason = "one is alive at a time")]
pub enum Unpacked {
    /// As it lies on disk.
    Plain(BufReader<Metered>),
    /// Packed; possibly in several members.
    Gzip(BufReader<MultiGzDecoder<BufReader<Metered>>>),
}

impl Unpacked {
    /// Opens a file or standard input.
    pub fn open(source: &str) -> io::Result<Self> {
        let raw: Box<dyn Read + Send> = if source == STANDARD_INPUT { Box::new(io::stdin()) } else { Box::new(File::open(source)?) };
        let mut raw = BufReader::with_capacity(1 << 16, Metered { raw, bytes: 0, hash: blake3::Hasher::new() });
        Ok(if raw.fill_buf()?.starts_with(GZIP) {
            Self::Gzip(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw)))
        } else {
            Self::Plain(raw)
        })
    }

    /// The first bytes, without consuming them.
    pub fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader().fill_buf()
    }

    /// Everything, if it is no more than [`LIMIT`].
    pub fn whole(&mut self) -> Result<Vec<u8>, Issue> {
        let mut bytes = Vec::new();
        self.reader().take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| trouble(&error))?;
        if bytes.len() as u64 > LIMIT { Err(too_large("a page")) } else { Ok(bytes) }
    }

    /// The next line without its end; none at the end of the input.
    pub fn line(&mut self) -> Result<Option<Vec<u8>>, Issue> {
        let mut line = Vec::new();
        self.reader().take(LIMIT + 1).read_until(b'\n', &mut line).map_err(|error| trouble(&error))?;
        if line.len() as u64 > LIMIT {
            return Err(too_large("a line"));
        }
        if line.is_empty() {
            return Ok(None);
        }
        let text = line.trim_ascii_end().len();
        line.truncate(text);
        Ok(Some(line))
    }

    /// Bytes read from the disk so far.
    pub fn bytes(&self) -> u64 {
        self.meter().bytes
    }

    /// What has been read, for `run.json`.
    pub fn seen(&self, source: &str) -> Seen {
        let meter = self.meter();
        Seen { source: source.to_owned(), bytes: meter.bytes, blake3: meter.hash.finalize().to_hex().to_string() }
    }

    fn reader(&mut self) -> &mut dyn BufRead {
        match self {
            Self::Plain(reader) => reader,
            Self::Gzip(reader) => reader,
        }
    }

    fn meter(&self) -> &Metered {
        match self {
            Self::Plain(reader) => reader.get_ref(),
            Self::Gzip(reader) => reader.get_ref().get_ref().get_ref(),
        }
    }
}

/// A reader that counts and hashes what goes through it.
pub struct Metered {
    raw: Box<dyn Read + Send>,
    bytes: u64,
    hash: blake3::Hasher,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        self.bytes += read as u64;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// Says what a failed read means.
pub fn trouble(error: &io::Error) -> Issue {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Issue::new(IssueKind::Truncated, "gzip", "the gzip data ends in the middle"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Issue::new(IssueKind::Malformed, "gzip", "the gzip data is damaged"),
        _ => Issue::new(IssueKind::Unreadable, "file", without_number(&error.to_string())),
    }
}

fn too_large(what: &str) -> Issue {
    Issue::new(IssueKind::TooLarge, "file", format!("{what} may have {} MB at most", LIMIT >> 20))
}
