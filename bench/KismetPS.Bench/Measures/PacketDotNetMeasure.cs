using System.Linq.Expressions;
using System.Reflection;
using KismetPS.Bench.Corpora;
using KismetPS.Capture.Tzsp;

namespace KismetPS.Bench.Measures;

/// <summary>
/// PacketDotNet over the same frames: it knows no TZSP, so it is given what lies inside. Parsed, then every address and element list of the frame
/// asked for, as nothing is read before. Bound by name at run time, since the package source does not have it.
/// </summary>
internal sealed class PacketDotNetMeasure
{
    private readonly byte[][] _frames;
    private readonly Func<byte[], object?> _parse;
    private readonly Dictionary<Type, Func<object, object?>[]> _readers = [];
    private long _read;

    /// <summary>Loads the assembly at a path.</summary>
    public PacketDotNetMeasure(string assembly, PackedCorpus corpus)
    {
        Assembly packets = Assembly.LoadFrom(assembly);
        Type link = packets.GetType("PacketDotNet.LinkLayers", throwOnError: true)!;
        MethodInfo parse = packets.GetType("PacketDotNet.Packet", throwOnError: true)!.GetMethod("ParsePacket", [link, typeof(byte[])])
            ?? throw new InvalidOperationException("This PacketDotNet has no Packet.ParsePacket(LinkLayers, byte[]).");
        ParameterExpression bytes = Expression.Parameter(typeof(byte[]));
        object ieee80211 = Enum.Parse(link, "Ieee80211");
        _parse = Expression.Lambda<Func<byte[], object?>>(Expression.Convert(Expression.Call(parse, Expression.Constant(ieee80211, link), bytes), typeof(object)), bytes).Compile();
        _frames = [.. Frames(corpus)];
    }

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        Loop.Run(seconds, Round);
        Output.Put("read", _read);
    }

    private static IEnumerable<byte[]> Frames(PackedCorpus corpus)
    {
        for (int i = 0; i < corpus.Count; i++)
        {
            if (TzspReader.Read(corpus.Message(i), out TzspFacts facts, out _) == TzspStatus.Frame)
            {
                yield return corpus.Message(i)[facts.FrameOffset..].ToArray();
            }
        }
    }

    private long Round()
    {
        foreach (byte[] frame in _frames)
        {
            if (_parse(frame) is not { } packet)
            {
                continue;
            }

            foreach (Func<object, object?> reader in ReadersOf(packet.GetType()))
            {
                _read += reader(packet) is null ? 0 : 1;
            }
        }

        return _frames.Length;
    }

    private Func<object, object?>[] ReadersOf(Type type)
    {
        if (!_readers.TryGetValue(type, out Func<object, object?>[]? readers))
        {
            _readers[type] = readers =
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(static p => p.CanRead && p.PropertyType.Name is "PhysicalAddress" or "InformationElementList")
                    .Select(Reader),
            ];
        }

        return readers;
    }

    private static Func<object, object?> Reader(PropertyInfo property)
    {
        ParameterExpression packet = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(packet, property.DeclaringType!), property), typeof(object)), packet).Compile();
    }
}
