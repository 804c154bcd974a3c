using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>Makes a connection half open: a filter drops every packet before TCP sees it, so that nothing is answered, as where a machine has lost its power.</summary>
internal static class DeafSocket
{
    private const int SolSocket = 1;
    private const int AttachFilter = 26;

    public static void Apply(Socket socket)
    {
        // One instruction, "return 0 bytes" (BPF_RET | BPF_K): code, two jumps, value.
        byte[] instruction = [0x06, 0, 0, 0, 0, 0, 0, 0];
        GCHandle pinned = GCHandle.Alloc(instruction, GCHandleType.Pinned);
        try
        {
            byte[] program = new byte[IntPtr.Size * 2];
            BinaryPrimitives.WriteUInt16LittleEndian(program, 1);
            BitConverter.GetBytes(pinned.AddrOfPinnedObject().ToInt64()).AsSpan(0, IntPtr.Size).CopyTo(program.AsSpan(IntPtr.Size));
            socket.SetRawSocketOption(SolSocket, AttachFilter, program);
        }
        finally
        {
            pinned.Free();
        }
    }
}
