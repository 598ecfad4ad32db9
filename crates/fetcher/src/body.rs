//! Content encodings: bytes as they came, unpacked up to a limit.

use std::io::{self, Read};

use crate::Failure;

/// What this crate asks servers for.
pub const ACCEPTED: &str = "gzip, br";

/// Unpacks a body by its `Content-Encoding`, outermost coding last; more than `limit` bytes are refused as soon as they appear.
pub fn decode(body: &[u8], encoding: Option<&str>, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = body.to_vec();
    for coding in encoding.unwrap_or_default().rsplit(',').map(str::trim).filter(|coding| !coding.is_empty()) {
        bytes = unpack(&bytes, &coding.to_ascii_lowercase(), limit)?;
    }
    if bytes.len() as u64 > limit { Err(Failure::Bomb(limit)) } else { Ok(bytes) }
}

fn unpack(bytes: &[u8], coding: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let unpacked = match coding {
        "identity" => return Ok(bytes.to_vec()),
        // An empty body needs no header of its coding; servers send it so on 304 and HEAD.
        _ if bytes.is_empty() => return Ok(Vec::new()),
        "gzip" | "x-gzip" => bounded(flate2::read::MultiGzDecoder::new(bytes), limit),
        "br" => bounded(brotli_decompressor::Decompressor::new(bytes, 16 * 1024), limit),
        // "deflate" means zlib by the standard and raw deflate by habit; zlib's first byte tells them apart.
        "deflate" if bytes[0] & 0x0f == 8 => bounded(flate2::read::ZlibDecoder::new(bytes), limit),
        "deflate" => bounded(flate2::read::DeflateDecoder::new(bytes), limit),
        other => return Err(Failure::Encoding(other.to_owned())),
    };
    match unpacked {
        Ok(unpacked) if unpacked.len() as u64 > limit => Err(Failure::Bomb(limit)),
        Ok(unpacked) => Ok(unpacked),
        Err(_) => Err(Failure::Encoding(coding.to_owned())),
    }
}

/// Reads one byte more than the limit at most, so that the caller sees that there is more.
fn bounded(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    reader.take(limit + 1).read_to_end(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn codings_are_undone_in_reverse() {
        let packed = gzip(&gzip("số liệu".as_bytes()));
        assert_eq!(decode(&packed, Some("gzip, GZIP"), 100).unwrap(), "số liệu".as_bytes());
        assert_eq!(decode(b"x", Some("identity"), 100).unwrap(), b"x");
        assert_eq!(decode(b"", Some("gzip"), 100).unwrap(), b"");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"zlib").unwrap();
        assert_eq!(decode(&zlib.finish().unwrap(), Some("deflate"), 100).unwrap(), b"zlib");
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(b"raw deflate").unwrap();
        assert_eq!(decode(&raw.finish().unwrap(), Some("deflate"), 100).unwrap(), b"raw deflate");
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let bomb = gzip(&vec![0; 50 << 20]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(decode(&bomb, Some("gzip"), 1 << 20), Err(Failure::Bomb(1 << 20)));
        assert_eq!(decode(&gzip(&bomb), Some("gzip, gzip"), 1 << 20), Err(Failure::Bomb(1 << 20)));
        assert_eq!(decode(&[0; 11], None, 10), Err(Failure::Bomb(10)));
    }

    #[test]
    fn what_does_not_unpack_is_named() {
        let packed = gzip(b"a page");
        assert_eq!(decode(&packed[..packed.len() - 4], Some("gzip"), 100), Err(Failure::Encoding("gzip".to_owned())));
        assert_eq!(decode(b"no brotli at all", Some("br"), 100), Err(Failure::Encoding("br".to_owned())));
        assert_eq!(decode(b"x", Some("zstd"), 100), Err(Failure::Encoding("zstd".to_owned())));
    }
}
