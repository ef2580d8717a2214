import Glibc
import Synchronization

/// The folders that tests have made, which are removed when the test process ends.
enum TemporaryFolders {
    private static let made = Mutex<[String]>([])
    private static let removal: Void = { atexit { TemporaryFolders.removeAll() } }()

    static func add(_ folder: String) {
        _ = removal
        made.withLock { $0.append(folder) }
    }

    private static func removeAll() {
        let folders = made.withLock { $0 }
        if !folders.isEmpty { try? TestProcess.run(["rm", "-rf", "--"] + folders) }
    }
}
