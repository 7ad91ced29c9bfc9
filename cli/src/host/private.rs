//! Files that nobody but their owner reads.

use std::io;
use std::path::Path;

/// Makes the file where it is missing, and takes everybody else's rights from one that is there. What is no file
/// (`/dev/stdout`) stays as it is. Elsewhere than on Unix the folder's rights count.
#[cfg(unix)]
pub fn private(path: &Path) -> io::Result<()> {
    use std::fs::{OpenOptions, Permissions};
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};

    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // By its path: a file that is opened and closed loses the locks that SQLite has on it.
            let found = std::fs::metadata(path)?;
            if !found.is_file() || found.permissions().mode() & 0o077 == 0 {
                return Ok(());
            }
            std::fs::set_permissions(path, Permissions::from_mode(0o600))
        }
        Err(error) => Err(error),
    }
}

/// Makes the file where it is missing, and takes everybody else's rights from one that is there. What is no file
/// (`/dev/stdout`) stays as it is. Elsewhere than on Unix the folder's rights count.
#[cfg(not(unix))]
pub fn private(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_that_others_could_read_is_the_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (new, old) = (place.path().join("new"), place.path().join("old"));
        std::fs::write(&old, "kept").unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o644)).unwrap();
        for path in [&new, &old] {
            private(path).unwrap();
            assert_eq!(mode(path), 0o600, "{}", path.display());
        }
        assert_eq!(std::fs::read(&old).unwrap(), b"kept");
        let folder = mode(place.path());
        private(place.path()).unwrap();
        assert_eq!(mode(place.path()), folder);
    }
}
