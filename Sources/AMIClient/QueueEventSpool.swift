public import AMI
public import Base
import Glibc
import Switchboard
import Synchronization

/// Queue events on their way to the warehouse: lines of a queue_log in a file until they are stored.
///
/// A line is in the file before the next event is examined, so a killed program loses none. Four files share one name:
/// `.new` contains lines as they arrive; `.loading`, those being loaded; `.open`, the lines for current callers and
/// members at the time when `.new` last became `.loading`; `.lock` keeps a second program out, and its time says until
/// when this one received everything. At the next start, the writer is rebuilt from these files.
public final class QueueEventSpool: Sendable {
    private struct State {
        var writer = QueueLogWriter()
        var file: Int32 = -1
        /// Bytes and lines in `.new`.
        var size = 0
        var lines = 0
        var isLoading = false
        /// Whether events are missing, and the current callers and members have not been reported since.
        var isBlind = false
        var discarded = 0
    }

    /// The maximum total size of the files. A line has about 80 bytes.
    public static let limit = 256 << 20

    private let name: String
    private let base: String
    private let limit: Int
    private let lock: Int32
    private let state: Mutex<State>

    /// Opens the spool of a PBX in a folder, and continues with what an earlier program left.
    ///
    /// - Throws: ``ManagerError`` with code `file`, or `inUse` if another program has it open.
    public init(folder: String, pbx: String, limit: Int = QueueEventSpool.limit) throws(ManagerError) {
        // A name in the configuration may not be valid as a file name.
        name = "queue-events-\(pbx.replacing("/", with: "_"))"
        base = "\(folder)/\(name)"
        self.limit = limit
        lock = try LineFile.append(to: base + ".lock")
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(lock)
            throw ManagerError(.inUse, "Another crm-voip is already storing the queue events of the PBX \(pbx).")
        }
        state = Mutex(State())
        try takeUp()
    }

    private func takeUp() throws(ManagerError) {
        var last = stat()
        let aliveUntil = Moment(seconds: fstat(lock, &last) == 0 ? Int64(last.st_mtim.tv_sec) : 0)
        var found = State()
        let open = try LineFile.forEachLine(of: base + ".open") { found.writer.resume($0) }
        let loading = try LineFile.forEachLine(of: base + ".loading") { found.writer.resume($0) }
        let new = try LineFile.forEachLine(of: base + ".new") { found.writer.resume($0) }
        found.file = try LineFile.append(to: base + ".new")
        // Half a line, left by a killed program, would spoil the next one.
        _ = ftruncate(found.file, off_t(new.bytes))
        (found.size, found.lines) = (new.bytes, new.lines)
        found.isLoading = loading.lines > 0
        if open.lines + loading.lines + new.lines > 0 {
            found.isBlind = true
            found.writer.lost(at: aliveUntil)
        }
        state.withLock { [found] in $0 = found }
    }

    deinit {
        state.withLock { _ = Glibc.close($0.file) }
        // A program that another thread is just starting has a copy of the descriptor until it is loaded, and would keep
        // the lock as long.
        flock(lock, LOCK_UN)
        Glibc.close(lock)
    }

    /// Lines that are not in the warehouse yet, excluding those being loaded.
    public var waiting: Int { state.withLock(\.lines) }
    /// Whether anything is not in the warehouse yet.
    public var isEmpty: Bool { state.withLock { $0.lines == 0 && !$0.isLoading } }
    /// Lines that were lost because of a full disk or the size limit.
    public var discarded: Int { state.withLock(\.discarded) }

    /// Stores the lines that result from an event.
    public func take(_ received: ReceivedEvent, at now: Moment) {
        keep { writer in received.parts.flatMap { writer.lines(for: $0.event, at: received.time(or: now)) } }
    }

    /// Stores the lines that result from the passing of time, and records that this program is running and receives
    /// everything.
    public func tick(at now: Moment) {
        if !state.withLock(\.isBlind) { futimens(lock, nil) }
        keep { $0.lines(at: now) }
    }

    /// Records that events are missing from now on.
    public func lost(at now: Moment) {
        state.withLock {
            $0.isBlind = true
            $0.writer.lost(at: now)
        }
    }

    /// Stores the lines that a complete `QueueStatus` adds.
    public func take(snapshot items: [Message], at now: Moment) {
        keep { $0.lines(forSnapshot: items.compactMap { QueueSnapshotItem($0) }, at: now) }
        state.withLock { $0.isBlind = false }
    }

    private func keep(_ lines: (inout QueueLogWriter) -> [String]) {
        state.withLock { state in
            let lines = lines(&state.writer)
            guard !lines.isEmpty else { return }
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            guard state.size + bytes.count <= limit, LineFile.write(bytes, to: state.file) else {
                // Half a line would spoil the next one.
                _ = ftruncate(state.file, off_t(state.size))
                state.discarded += lines.count
                return
            }
            state.size += bytes.count
            state.lines += lines.count
        }
    }

    /// The file to load next; nil if there is nothing to load. It stays the same until ``loaded()``.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public func piece() throws(ManagerError) -> String? {
        let path = base + ".loading"
        let result = state.withLock { state -> Result<String?, ManagerError> in
            if state.isLoading { return .success(path) }
            if state.lines == 0 { return .success(nil) }
            do throws(FileError) {
                let open = state.writer.open.map { $0 + "\n" }.joined()
                try AtomicFile.replace(base + ".open", with: open.utf8)
                let next = try OpenFile(appendingTo: base + ".next").duplicate()
                guard next >= 0 else { throw FileError("write", base + ".next", errno: errno) }
                do throws(FileError) {
                    try Folder.rename(base + ".new", to: name + ".loading")
                    try Folder.rename(base + ".next", to: name + ".new")
                } catch {
                    Glibc.close(next)
                    // New lines must not be added to a file that will be deleted.
                    try? Folder.rename(path, to: name + ".new")
                    throw error
                }
                Glibc.close(state.file)
                (state.file, state.size, state.lines, state.isLoading) = (next, 0, 0, true)
                return .success(path)
            } catch {
                return .failure(ManagerError(error))
            }
        }
        return try result.get()
    }

    /// The last piece is in the warehouse.
    public func loaded() {
        state.withLock { state in
            try? Folder.remove(base + ".loading")
            state.isLoading = false
        }
    }
}

/// Files of lines.
private enum LineFile {
    /// A descriptor for appending to a file, which the caller must close.
    static func append(to path: String) throws(ManagerError) -> Int32 {
        do throws(FileError) {
            let file = try OpenFile(appendingTo: path, folders: 0o700).duplicate()
            guard file >= 0 else { throw FileError("write", path, errno: errno) }
            return file
        } catch {
            throw ManagerError(error)
        }
    }

    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Passes on every complete line; a missing file has none.
    static func forEachLine(
        of path: String,
        _ body: (String) -> Void
    ) throws(ManagerError) -> (lines: Int, bytes: Int) {
        do throws(FileError) {
            return try forEachLine(in: OpenFile(reading: path), body)
        } catch {
            if error.code == .missing { return (0, 0) }
            throw ManagerError(error)
        }
    }

    private static func forEachLine(
        in file: borrowing OpenFile,
        _ body: (String) -> Void
    ) throws(FileError) -> (lines: Int, bytes: Int) {
        var rest: [UInt8] = []
        var offset: Int64 = 0
        var found = (lines: 0, bytes: 0)
        while true {
            let chunk = try file.read(65_536, at: offset)
            if chunk.isEmpty { return found }
            offset += Int64(chunk.count)
            rest += chunk
            var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            rest = lines.popLast().map(Array.init) ?? []
            for line in lines { body(String(decoding: line, as: UTF8.self)) }
            found = (found.lines + lines.count, lines.reduce(found.bytes) { $0 + $1.count + 1 })
        }
    }
}
