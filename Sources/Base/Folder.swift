internal import Glibc

/// Folders, as the program makes them.
public enum Folder {
    /// Makes a folder and the missing ones above it. Folders that exist keep their permissions.
    ///
    /// - Parameters:
    ///   - permissions: of the folder itself and of those above it: what is private is private from its first folder on.
    /// - Throws: ``FileError``
    public static func make(_ path: String, permissions: UInt32 = 0o700) throws(FileError) {
        if mkdir(path, permissions) == 0 || errno == EEXIST {
            guard exists(path) else { throw FileError(.notTrusted, "make the folder", path, "it is not a folder") }
            return
        }
        let parent = parent(of: path)
        guard errno == ENOENT, parent != path else { throw FileError("make the folder", path, errno: errno) }
        try make(parent, permissions: permissions)
        guard mkdir(path, permissions) == 0 || errno == EEXIST else {
            throw FileError("make the folder", path, errno: errno)
        }
    }

    /// Whether a folder has that name, following links.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder that a file lies in.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
