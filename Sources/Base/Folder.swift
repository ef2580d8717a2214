import Glibc

/// Folders, as the program creates them.
public enum Folder {
    /// Creates a folder and its missing parents. Root creates them for the user who owns the nearest existing parent.
    /// Existing folders keep their permissions.
    ///
    /// - Parameters:
    ///   - permissions: of the folder itself and of the parents that are created: a private folder has private parents.
    ///   - owner: the user to whom root gives folders that it creates inside folders of its own.
    /// - Throws: ``FileError``
    public static func make(_ path: String, permissions: UInt32 = 0o700, owner: FileOwner? = nil) throws(FileError) {
        guard !exists(path) else { return }
        do throws(FileError) {
            _ = try OwnedFolder(path, making: permissions, givingTo: owner, to: "make the folder", path)
        } catch {
            var status = stat()
            guard lstat(path, &status) == 0 else { throw error }
            throw FileError(.notTrusted, "make the folder", path, "it is not a folder")
        }
    }

    /// Whether a folder has this name, following links.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder that contains a file.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Renames a file or folder within its folder, replacing a file that already has the new name.
    ///
    /// - Throws: ``FileError``
    public static func rename(_ path: String, to name: String) throws(FileError) {
        try inFolder(of: path, to: "rename") { $0.rename($1, to: name) }
    }

    /// Removes a file or an empty folder.
    ///
    /// - Throws: ``FileError``
    public static func remove(_ path: String, isFolder: Bool = false) throws(FileError) {
        try inFolder(of: path, to: "remove") { $0.remove($1, isFolder: isFolder) }
    }

    private static func inFolder(
        of path: String,
        to verb: String,
        _ body: (borrowing OwnedFolder, String) -> Int32
    ) throws(FileError) {
        _ = try OwnedFolder.of(path, to: verb) { (folder, name) throws(FileError) in
            guard body(folder, name) == 0 else { throw FileError(verb, path, errno: errno) }
            return 0
        }
    }
}
