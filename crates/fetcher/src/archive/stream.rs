//! The streams below the records: one that knows where it is, and one that unpacks gzip members.

use std::io::{self, BufRead, Read};
use std::ops::Range;

use flate2::bufread::GzDecoder;

/// Bytes that are unpacked at once: a page in one piece, so that little is copied twice.
const WINDOW: usize = 128 * 1024;

/// A stream that knows where it is.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Counted<R> {
    /// A stream that starts at an offset of its file.
    pub(super) fn new(inner: R, at: u64) -> Self {
        Self { inner, at }
    }

    /// The offset of the next byte.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// The next byte that is no blank line, without taking it.
    pub(super) fn first_byte(&mut self) -> io::Result<Option<u8>> {
        skip_blank(self, usize::MAX)?;
        Ok(self.fill_buf()?.first().copied())
    }

    /// Goes to the next gzip member, or to the next line that starts a record; false at the end.
    pub(super) fn skip_to_record(&mut self) -> io::Result<bool> {
        let mut last = [0_u8; 3];
        loop {
            let window = self.fill_buf()?;
            if window.is_empty() {
                return Ok(false);
            }
            // A short look ahead is enough: a false start is passed over like the damage before it.
            let starts = window.starts_with(&[0x1f, 0x8b, 0x08]) || (window.starts_with(b"WARC/") && matches!(last[2], b'\n' | 0));
            let cut = window.len() < 5 && matches!(window[0], 0x1f | b'W');
            if starts || (cut && window.len() < 3) {
                return Ok(true);
            }
            let next = window[1..].iter().position(|byte| matches!(byte, 0x1f | b'W')).map_or(window.len(), |at| at + 1);
            last[2] = window[next - 1];
            self.consume(next);
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.inner.consume(amount);
    }
}

/// Unpacks one gzip member after another; decoder and window are made once, for a page has three members and most are small.
#[derive(Debug)]
pub(super) struct Unpacker<R> {
    decoder: GzDecoder<Lent<R>>,
    window: Box<[u8]>,
    /// What of the window waits to be taken.
    waiting: Range<usize>,
    /// Bytes that came out of this member.
    unpacked: u64,
}

impl<R: BufRead> Unpacker<R> {
    /// Without a stream there is nothing to unpack yet.
    pub(super) fn new() -> Self {
        let decoder = GzDecoder::new(Lent(None));
        Self { decoder, window: vec![0; WINDOW].into_boxed_slice(), waiting: 0..0, unpacked: 0 }
    }

    /// Starts on the member that a stream stands before.
    pub(super) fn begin(&mut self, stream: Counted<R>) {
        self.decoder.reset(Lent(Some(stream)));
        (self.waiting, self.unpacked) = (0..0, 0);
    }

    /// Gives the stream back, behind what was unpacked of it.
    pub(super) fn end(&mut self) -> Option<Counted<R>> {
        self.decoder.get_mut().0.take()
    }

    /// The place within the member, unpacked.
    pub(super) fn within(&self) -> u64 {
        self.unpacked - self.waiting.len() as u64
    }
}

impl<R: BufRead> Read for Unpacker<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Unpacker<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.waiting.is_empty() {
            self.waiting = 0..self.decoder.read(&mut self.window)?;
            self.unpacked += self.waiting.len() as u64;
        }
        Ok(&self.window[self.waiting.clone()])
    }

    fn consume(&mut self, amount: usize) {
        self.waiting.start += amount;
    }
}

/// A stream as long as the decoder needs it.
#[derive(Debug)]
struct Lent<R>(Option<Counted<R>>);

impl<R: BufRead> Read for Lent<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |stream| stream.read(buffer))
    }
}

impl<R: BufRead> BufRead for Lent<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.as_mut().map_or(Ok(&[]), BufRead::fill_buf)
    }

    fn consume(&mut self, amount: usize) {
        if let Some(stream) = &mut self.0 {
            stream.consume(amount);
        }
    }
}

/// Passes over the ends of lines, so many bytes at most.
pub(super) fn skip_blank(reader: &mut impl BufRead, most: usize) -> io::Result<()> {
    for _ in 0..most {
        match reader.fill_buf()?.first() {
            Some(b'\r' | b'\n') => reader.consume(1),
            _ => break,
        }
    }
    Ok(())
}
