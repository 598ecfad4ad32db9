//! The folder of a pipeline: lock, archive and state, opened together and made to agree.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::FetchError;
use crate::archive::{self, Writer};
use crate::state::State;

/// Everything that a run writes to, held by one run at a time.
#[derive(Debug)]
pub struct Store {
    /// What was seen.
    pub state: State,
    /// The archive, for appending.
    pub writer: Writer,
    /// What a crash of the run before had left, in words.
    pub repairs: Vec<String>,
    archive: PathBuf,
    /// Dropped last: the system gives the lock up with the file, even after a `kill -9`.
    _lock: File,
}

/// The software's name, as the archive and the user agent say it.
pub const SOFTWARE: &str = concat!("solieu/", env!("CARGO_PKG_VERSION"));

impl Store {
    /// Opens a folder, made if it is not there; repairs what a crash left, and tells the state.
    pub fn open(folder: &Path, contact: &str, max_bytes: u64) -> Result<Self, FetchError> {
        let archive = folder.join("archive");
        fs::create_dir_all(&archive).map_err(FetchError::file(&archive))?;
        let lock = lock(&folder.join("lock"))?;
        let mut state = State::open(&folder.join("state.redb"))?;
        let repaired = archive::repair(&archive, |record| state.replay(record))?;
        state.commit()?;
        let mut repairs = Vec::new();
        for file in repaired {
            repairs.push(match &file.torn {
                Some((aside, bytes)) => {
                    format!("{}: {} records kept, {bytes} bytes set aside in {}", file.name, file.records, aside.display())
                }
                None => format!("{}: {} records kept", file.name, file.records),
            });
            file.close()?;
        }
        let writer = Writer::new(&archive, SOFTWARE, contact, max_bytes)?;
        Ok(Self { state, writer, repairs, archive, _lock: lock })
    }

    /// The folder of the WARC files.
    pub fn archive(&self) -> &Path {
        &self.archive
    }

    /// Makes everything durable, the archive first: the state never knows more than the archive holds.
    pub fn commit(&mut self) -> Result<(), FetchError> {
        self.writer.sync()?;
        self.state.commit()
    }

    /// Commits and closes the file at hand.
    pub fn close(&mut self) -> Result<(), FetchError> {
        self.commit()?;
        self.writer.close()
    }
}

fn lock(path: &Path) -> Result<File, FetchError> {
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(FetchError::file(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FetchError::Locked { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(FetchError::File { path: path.to_owned(), source }),
    }
}
