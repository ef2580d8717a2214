import Base
import Glibc
import Testing

/// What root does in another user's folder is done as that user.
@Suite(.enabled(if: geteuid() == 0, "only root can become another user")) struct OwnerTests {
    private static let nobody: uid_t = 65_534

    /// `open`, which belongs to the user nobody, and `secret`, which belongs to root.
    private func withFolders(_ body: (_ open: String, _ secret: String) throws -> Void) throws {
        var template = Array("/tmp/crm-voip-base-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { _ = try? remove(folder) }
        chmod(folder, 0o755)
        mkdir("\(folder)/open", 0o700)
        chown("\(folder)/open", Self.nobody, Self.nobody)
        mkdir("\(folder)/roots", 0o700)
        try AtomicFile.replace("\(folder)/roots/secret", with: "precious".utf8)
        try body("\(folder)/open", "\(folder)/roots/secret")
        #expect(String(decoding: try SmallFile(path: "\(folder)/roots/secret").bytes, as: UTF8.self) == "precious")
        #expect(owner("\(folder)/roots/secret") == 0 && owner("\(folder)/roots") == 0)
    }

    private func remove(_ folder: String) throws {
        for name in [
            "open/a/b", "open/a", "open/f", "open/d", "open/l", "open", "roots/secret", "roots/f", "roots", "",
        ] {
            try? Folder.remove("\(folder)/\(name)".trimmed)
            try? Folder.remove("\(folder)/\(name)".trimmed, isFolder: true)
        }
    }

    private func owner(_ path: String) -> uid_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_uid : nil
    }

    @Test func `files and folders that root makes are the owner's`() throws {
        try withFolders { open, _ in
            try OpenFile(creating: "\(open)/f").write("x".utf8)
            try Folder.make("\(open)/a")
            try OpenFile(appendingTo: "\(open)/a/b", folders: 0o700).write("x".utf8)
            try AtomicFile.replace("\(open)/f", with: "y".utf8)
            for name in ["f", "a", "a/b"] { #expect(owner("\(open)/\(name)") == Self.nobody, "\(name)") }
            // Afterwards, it is root again.
            #expect(geteuid() == 0)
            try OpenFile(creating: "\(open.dropLast(4))roots/f").write("x".utf8)
            #expect(owner("\(open.dropLast(4))roots/f") == 0)
        }
    }

    @Test func `a link to root's file is not followed, however it is opened`() throws {
        try withFolders { open, secret in
            symlink(secret, "\(open)/l")
            for write in [
                { try OpenFile(appendingTo: "\(open)/l").write("x".utf8) },
                { try OpenFile(updating: "\(open)/l").write("x".utf8) },
                { try OpenFile(creating: "\(open)/l").write("x".utf8) },
                { _ = try OpenFile(reading: "\(open)/l") },
            ] {
                #expect(throws: FileError.self) { try write() }
            }
            // Replacing a name leaves its target alone.
            try AtomicFile.replace("\(open)/l", with: "x".utf8)
        }
    }

    @Test func `a folder that is a link leads only where its owner may go`() throws {
        try withFolders { open, secret in
            symlink(String(secret.dropLast("/secret".count)), "\(open)/d")
            #expect(throws: FileError.self) { _ = try OpenFile(appendingTo: "\(open)/d/secret") }
            #expect(throws: FileError.self) { _ = try OpenFile(creating: "\(open)/d/f") }
            #expect(throws: FileError.self) { try AtomicFile.replace("\(open)/d/secret", with: "x".utf8) }
            #expect(throws: FileError.self) { try Folder.remove("\(open)/d/secret") }
            #expect(throws: FileError.self) { try Folder.rename("\(open)/d/secret", to: "f") }
            #expect(throws: FileError.self) { try Folder.make("\(open)/d/x/y") }
            // A character of several scalars that begins with a slash is one to Swift and two to the kernel.
            #expect(throws: FileError.self) { _ = try OpenFile(appendingTo: "\(open)/d/\u{301}secret") }
            #expect(throws: FileError.self) { _ = try OpenFile(appendingTo: "\(open)/d/../d/secret") }
        }
    }

    @Test func `a hard link to root's file is refused`() throws {
        try withFolders { open, secret in
            guard link(secret, "\(open)/f") == 0 else { return }
            chown(secret, Self.nobody, Self.nobody)
            #expect(throws: FileError.self) { _ = try OpenFile(appendingTo: "\(open)/f") }
            unlink("\(open)/f")
            chown(secret, 0, 0)
        }
    }

    @Test func `root's own links are followed`() throws {
        try withFolders { open, _ in
            let folder = String(open.dropLast("/open".count))
            symlink("open", "\(folder)/run")
            try OpenFile(creating: "\(folder)/run/f").write("x".utf8)
            #expect(owner("\(open)/f") == Self.nobody)
            unlink("\(folder)/run")
        }
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix("/") ? String(dropLast()) : self }
}
