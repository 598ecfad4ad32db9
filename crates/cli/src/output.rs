//! Results: to standard output, or to a file that appears whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use crate::error::CliError;

/// Where a result goes: `-` is standard output, `.gz` packs.
pub struct Output {
    path: PathBuf,
    sink: Sink,
}

#[expect(clippy::large_enum_variant, reason = "one is alive at a time")]
enum Sink {
    Standard(BufWriter<io::Stdout>),
    Plain(BufWriter<NamedTempFile>),
    Gzip(GzEncoder<BufWriter<NamedTempFile>>),
}

impl Output {
    /// Opens an output; nothing is seen at its path until [`Output::finish`].
    pub fn create(path: &Path) -> Result<Self, CliError> {
        if path == Path::new("-") {
            return Ok(Self { path: "standard output".into(), sink: Sink::Standard(BufWriter::new(io::stdout())) });
        }
        let file = BufWriter::new(beside(path).map_err(CliError::output(path))?);
        let packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        let sink = if packed { Sink::Gzip(GzEncoder::new(file, Compression::default())) } else { Sink::Plain(file) };
        Ok(Self { path: path.to_owned(), sink })
    }

    /// Writes one line.
    pub fn line(&mut self, line: &[u8]) -> Result<(), CliError> {
        let sink: &mut dyn Write = match &mut self.sink {
            Sink::Standard(out) => out,
            Sink::Plain(out) => out,
            Sink::Gzip(out) => out,
        };
        sink.write_all(line).and_then(|()| sink.write_all(b"\n")).map_err(CliError::output(&self.path))
    }

    /// Makes the output appear.
    pub fn finish(self) -> Result<(), CliError> {
        let Self { path, sink } = self;
        let appear = |file: BufWriter<NamedTempFile>| {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&path).map(drop).map_err(|error| error.error)
        };
        match sink {
            Sink::Standard(mut out) => out.flush(),
            Sink::Plain(file) => appear(file),
            Sink::Gzip(file) => file.finish().and_then(appear),
        }
        .map_err(CliError::output(&path))
    }
}

/// A temporary file in the folder of the final one, so that renaming is one step.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".solieu-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    builder.tempfile_in(folder)
}
