import CMalloc

/// Memory that was allocated and is free again. The C library keeps it, and often cannot use it for what comes next.
public enum UnusedMemory {
    /// Gives it back to the system, which takes a few milliseconds. Useful after tens of megabytes became free, and
    /// before tens of others are needed.
    public static func giveBack() { malloc_trim(0) }
}
