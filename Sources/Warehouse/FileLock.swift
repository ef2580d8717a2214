import Base
import Glibc

/// An inter-process lock on a file, which the kernel releases when the process ends. Owns the descriptor.
///
/// https://man7.org/linux/man-pages/man2/flock.2.html
struct FileLock: ~Copyable {
    enum Mode {
        case shared, exclusive
    }

    private let descriptor: Int32
    private let path: String

    /// Opens the file, without locking it.
    init(_ path: String, owner: ServerUser) throws(WarehouseError) {
        self.init(descriptor: try Self.open(path, owner), path: path)
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lock, or changes its mode, if that is possible now.
    ///
    /// A refused change loses the lock that was held: the kernel releases it before it tries.
    func tryLock(_ mode: Mode) -> Bool {
        flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
    }

    /// Waits for the lock without blocking a thread.
    func lock(_ mode: Mode, patience: Duration = .seconds(120), evenIfCancelled: Bool = false) async throws {
        let deadline = ContinuousClock.now + patience
        while !tryLock(mode) {
            guard ContinuousClock.now < deadline else {
                throw WarehouseError(.locked, "Another command has held \(path) for \(patience.components.seconds) s.")
            }
            if !evenIfCancelled { try Task.checkCancellation() }
            // An unstructured task does not notice that this one was cancelled.
            _ = await Task { try? await Task.sleep(for: .milliseconds(20)) }.value
        }
    }

    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    private static func open(_ path: String, _ owner: ServerUser) throws(WarehouseError) -> Int32 {
        do throws(FileError) {
            // Lock files that root creates must be usable by the owner of the folder.
            let file = try OpenFile(updating: path, owner: FileOwner(user: owner.uid, group: owner.gid))
            let descriptor = file.duplicate()
            guard descriptor >= 0 else { throw FileError("open", path, errno: errno) }
            return descriptor
        } catch {
            throw WarehouseError(error)
        }
    }
}
