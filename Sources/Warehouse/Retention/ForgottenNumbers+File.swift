import Base

extension ForgottenNumbers {
    /// Reads the list from a file; `nil` if the file does not exist.
    ///
    /// - Throws: ``WarehouseError`` with code `list` if the file cannot be read or is damaged.
    public static func read(_ path: String) throws(WarehouseError) -> ForgottenNumbers? {
        let file: SmallFile
        do throws(FileError) {
            file = try SmallFile(path: path, limit: 16 << 20)
        } catch {
            if error.code == .missing { return nil }
            throw WarehouseError(.list, "The list of forgotten numbers \(path) cannot be read: \(error.reason).")
        }
        guard let list = ForgottenNumbers(text: String(decoding: file.bytes, as: UTF8.self)) else {
            throw WarehouseError(
                .list,
                "The list of forgotten numbers \(path) is damaged. Restore it from a backup, so that nobody who was "
                    + "forgotten comes back."
            )
        }
        return list
    }

    /// Replaces the file with the list.
    ///
    /// - Throws: ``WarehouseError`` with code `folder`.
    public func write(to path: String) throws(WarehouseError) {
        do throws(FileError) {
            try Folder.make(Folder.parent(of: path))
            try AtomicFile.replace(path, with: text.utf8)
        } catch {
            throw WarehouseError(.folder, "The list of forgotten numbers \(path) cannot be written: \(error.reason).")
        }
    }
}
