using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KismetPS.Tracking.Tables;

/// <summary>
/// Memory for rows and index slots: cleared, on a cache line's boundary, never moved. What is large lies outside the managed heap in large pages: rows of a
/// large table are met in no order, and with small pages each costs a walk through the page tables, on a virtual machine through two of them.
/// It lives until it is disposed or nobody refers to it.
/// </summary>
internal sealed unsafe partial class TableBlock : IDisposable
{
    /// <summary>Bytes of a large page; what is a multiple of it lies in such pages where the system has them.</summary>
    public const int LargePage = 2 << 20;

    // From half a page on a whole one is taken, of which no more is touched than is used where the system has no large ones.
    private const int LargeFrom = LargePage / 2;
    private const int Line = 64;
    private const int AdviseHugePages = 14;

    private static long s_nativeBytes;

    // Of small blocks, which are the managed heap's.
    private readonly Array? _room;
    private readonly nint _bytes;
    private bool _isDisposed;

    private TableBlock(nint start, nint bytes, Array? room)
    {
        Start = start;
        _bytes = bytes;
        _room = room;
        if (room is null)
        {
            GC.AddMemoryPressure(bytes);
            Interlocked.Add(ref s_nativeBytes, bytes);
        }
        else
        {
            GC.SuppressFinalize(this);
        }
    }

    ~TableBlock() => Free();

    /// <summary>Bytes of all blocks outside the managed heap.</summary>
    public static long NativeBytes => Interlocked.Read(ref s_nativeBytes);

    /// <summary>Where it begins.</summary>
    public nint Start { get; }

    /// <summary>Bytes from there on.</summary>
    public nint Length => _bytes;

    /// <summary>Makes room for so many bytes, or more where that fills the last page.</summary>
    public static TableBlock Of(nint bytes)
    {
        if (bytes < LargeFrom)
        {
            byte[] room = GC.AllocateArray<byte>((int)bytes + Line, pinned: true);
            nint at = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room));
            return new TableBlock((at + Line - 1) & -Line, bytes, room);
        }

        bytes = (bytes + LargePage - 1) & -LargePage;
        void* start = NativeMemory.AlignedAlloc((nuint)bytes, LargePage);
        if (OperatingSystem.IsLinux())
        {
            // It is advice: where the system does not take it, all is as it was.
            _ = MemoryAdvice(start, (nuint)bytes, AdviseHugePages);
        }

        NativeMemory.Clear(start, (nuint)bytes);
        return new TableBlock((nint)start, bytes, null);
    }

    /// <summary>
    /// Makes it on another thread: to clear pages that the system has yet to find takes it milliseconds for each megabyte, in which nobody would be at
    /// the socket. Small ones are not worth it: null.
    /// </summary>
    public static Task<TableBlock>? Prepare(nint bytes) => bytes < LargeFrom ? null : Task.Run(() => Of(bytes));

    /// <summary>What was prepared, where it is ready, and as large as wanted; else it is made now.</summary>
    public static TableBlock Take(ref Task<TableBlock>? prepared, nint bytes)
    {
        if (prepared is not { IsCompleted: true } done)
        {
            return Of(bytes);
        }

        prepared = null;
        if (!done.IsCompletedSuccessfully)
        {
            return Of(bytes);
        }

        if (done.Result.Length >= bytes)
        {
            return done.Result;
        }

        done.Result.Dispose();
        return Of(bytes);
    }

    /// <summary>Gives it back; nobody may refer to what is in it any more.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_isDisposed || _room is not null)
        {
            return;
        }

        _isDisposed = true;
        NativeMemory.AlignedFree((void*)Start);
        GC.RemoveMemoryPressure(_bytes);
        Interlocked.Add(ref s_nativeBytes, -_bytes);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvice(void* start, nuint length, int advice);
}
