import Base
import Glibc
import Testing

/// A separate folder for each test.
private func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/crm-voip-base-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { removeAll(path) }
    try body(path)
}

private func removeAll(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) {
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { removeAll("\(path)/\(name)") }
        }
        closedir(folder)
    }
    remove(path)
}

private func content(_ path: String) throws -> String {
    String(decoding: try SmallFile(path: path).bytes, as: UTF8.self)
}

private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

@Suite struct FileTests {
    @Test func `a folder is created with its missing parents, and again without an error`() throws {
        try withFolder { folder in
            try Folder.make("\(folder)/a/b/c", permissions: 0o700)
            try Folder.make("\(folder)/a/b/c", permissions: 0o755)
            #expect(mode("\(folder)/a") == 0o700)
            #expect(mode("\(folder)/a/b/c") == 0o700)
        }
    }

    @Test func `a file instead of a folder is an error that names it`() throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/a", with: [])
            let error = #expect(throws: FileError.self) { try Folder.make("\(folder)/a") }
            #expect(error?.code == .notTrusted)
            #expect(error?.description.contains("\(folder)/a") == true)
        }
    }

    @Test func `a replaced file has the new content and its old permissions, and no draft remains`() throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/f", with: "old".utf8, permissions: 0o644)
            try AtomicFile.replace("\(folder)/f", with: "new".utf8)
            #expect(try content("\(folder)/f") == "new")
            #expect(mode("\(folder)/f") == 0o600)
            var names: [String] = []
            if let entries = opendir(folder) {
                while let entry = readdir(entries) {
                    names.append(
                        withUnsafeBytes(of: &entry.pointee.d_name) {
                            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                        }
                    )
                }
                closedir(entries)
            }
            #expect(names.sorted() == [".", "..", "f"])
        }
    }

    @Test func `replacing a link does not change its target`() throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/target", with: "precious".utf8)
            symlink("\(folder)/target", "\(folder)/link")
            try AtomicFile.replace("\(folder)/link", with: "mine".utf8)
            #expect(try content("\(folder)/target") == "precious")
            #expect(try content("\(folder)/link") == "mine")
        }
    }

    @Test func `writing to a device leaves it a device`() throws {
        try AtomicFile.replace("/dev/null", with: "nothing".utf8)
        var status = stat()
        #expect(lstat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func `lines are added to a private file`() throws {
        try withFolder { folder in
            do { try OpenFile(appendingTo: "\(folder)/log").write("one\n".utf8) }
            do { try OpenFile(appendingTo: "\(folder)/log").write("two\n".utf8) }
            #expect(try content("\(folder)/log") == "one\ntwo\n")
            #expect(mode("\(folder)/log") == 0o600)
        }
    }

    @Test(arguments: ["symlink", "hard link", "FIFO", "folder"])
    func `lines are added only to the user's own files`(kind: String) throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/target", with: "precious".utf8)
            let path = "\(folder)/trap"
            switch kind {
            case "symlink": symlink("\(folder)/target", path)
            case "hard link": link("\(folder)/target", path)
            case "FIFO": mkfifo(path, 0o600)
            default: mkdir(path, 0o700)
            }
            #expect(throws: FileError.self) { try OpenFile(appendingTo: path).write("x".utf8) }
            #expect(throws: FileError.self) { try OpenFile(creating: path).write("x".utf8) }
            #expect(try content("\(folder)/target") == "precious")
        }
    }

    @Test func `a file that exists is not created`() throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/f", with: "old".utf8)
            let error = #expect(throws: FileError.self) { try OpenFile(creating: "\(folder)/f").write([]) }
            #expect(error?.code == .exists)
            #expect(try content("\(folder)/f") == "old")
        }
    }

    @Test func `a missing file is reported as missing input`() throws {
        let error = #expect(throws: FileError.self) { try SmallFile(path: "/nowhere/at/all") }
        #expect(error?.code == .missing)
        #expect(error?.category == .noInput)
        #expect(error?.description == "Cannot read /nowhere/at/all: No such file or directory.")
    }

    @Test func `large files and devices are not read`() throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/f", with: [UInt8](repeating: 65, count: 101))
            #expect(throws: FileError.self) { try SmallFile(path: "\(folder)/f", limit: 100) }
            #expect(try SmallFile(path: "\(folder)/f", limit: 101).bytes.count == 101)
            #expect(throws: FileError.self) { try SmallFile(path: "/dev/zero") }
        }
    }

    @Test(
        arguments: [
            (0o600, false, false), (0o400, false, false), (0o644, true, false), (0o622, true, true),
            (0o602, true, true),
            (0o604, true, false), (0o660, true, true),
        ] as [(mode_t, Bool, Bool)]
    )
    func `the permissions show who may read and change a file`(mode: mode_t, read: Bool, write: Bool) throws {
        try withFolder { folder in
            try AtomicFile.replace("\(folder)/f", with: [])
            chmod("\(folder)/f", mode)
            if geteuid() == 0 { chown("\(folder)/f", 12_345, 12_345) }
            let file = try SmallFile(path: "\(folder)/f")
            #expect(file.isReadableByOthers == read)
            #expect(file.isWritableByOthers == write)
            #expect(file.mode == "0" + String(mode, radix: 8))
        }
    }
}
