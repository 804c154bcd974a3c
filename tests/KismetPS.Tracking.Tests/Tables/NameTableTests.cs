using System.Text;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless.Security;
using Xunit;

namespace KismetPS.Tracking.Tests.Tables;

/// <summary>Names are kept once, as long as they are used.</summary>
public sealed class NameTableTests
{
    [Fact]
    public void A_name_is_kept_once_and_forgotten_with_its_last_use()
    {
        NameTable names = new(100);
        int id = names.Take("home"u8, ofNetwork: true);
        Assert.Equal(id, names.Take("home"u8, ofNetwork: true));
        Assert.Equal(id, names.Take("home"u8, ofNetwork: true));
        Assert.Equal(1, names.Count);
        names.UseOf(id).Encryption = WirelessEncryption.Wpa2;

        names.Release(id);
        names.Release(id);
        Assert.Equal(id, names.Find("home"u8));
        Assert.Equal("home", names.Text(id));
        names.Release(id);
        Assert.Equal(0, names.Find("home"u8));
        Assert.Equal(0, names.Count);

        int again = names.Take("other"u8, ofNetwork: true);
        Assert.Equal("other", names.Text(again));
        Assert.Equal(WirelessEncryption.Unknown, names.UseOf(again).Encryption);
    }

    [Fact]
    public void No_name_is_number_0()
    {
        NameTable names = new(100);
        Assert.Equal(0, names.Take([], ofNetwork: true));
        Assert.Equal(0, names.Find([]));
        names.Release(0);
        Assert.Null(names.Text(0));
        Assert.Equal(0, names.Count);
        Assert.Equal(0, names.Refused);
    }

    [Fact]
    public void Names_that_look_alike_are_different()
    {
        NameTable names = new(100);
        byte[][] all = [[0], [0, 0], "a"u8.ToArray(), "a\0"u8.ToArray(), "A"u8.ToArray(), new byte[32], [.. new byte[31], 1]];
        int[] ids = [.. all.Select(n => names.Take(n, ofNetwork: true))];
        Assert.Equal(all.Length, ids.Distinct().Count());
        Assert.All(Enumerable.Range(0, all.Length), i => Assert.Equal(ids[i], names.Find(all[i])));
    }

    [Fact]
    public void A_full_table_refuses_and_counts_and_takes_again_when_there_is_room()
    {
        NameTable names = new(50);
        int[] ids = [.. Enumerable.Range(0, 50).Select(i => names.Take(Encoding.UTF8.GetBytes($"name-{i}"), ofNetwork: true))];
        Assert.Equal(0, names.Take("one more"u8, ofNetwork: true));
        Assert.Equal(1, names.Refused);
        Assert.Equal(ids[7], names.Take("name-7"u8, ofNetwork: true));
        names.Release(ids[3]);
        Assert.NotEqual(0, names.Take("one more"u8, ofNetwork: true));
        Assert.Equal(50, names.Count);
    }

    [Fact]
    public void Names_of_no_network_have_half_the_room()
    {
        NameTable names = new(50);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(i < 25, names.Take(Encoding.UTF8.GetBytes($"asked-{i}"), ofNetwork: false) != 0);
        }

        Assert.Equal((25, 15L, false), (names.Count, names.Refused, names.IsFull));
        Assert.NotEqual(0, names.Take("net"u8, ofNetwork: true));
        Assert.Equal(0, names.Take("asked"u8, ofNetwork: false));
        Assert.NotEqual(0, names.Take("net"u8, ofNetwork: false));
    }

    [Fact]
    public void Memory_is_given_back_with_the_names()
    {
        NameTable names = new(100_000);
        long empty = names.MemoryBytes;
        int[] ids = [.. Enumerable.Range(0, 10_000).Select(i => names.Take(Encoding.UTF8.GetBytes($"a name of thirty-one bytes {i:D4}"), ofNetwork: true))];
        long full = names.MemoryBytes;
        Assert.InRange(full - empty, 10_000 * (56 + 40), 10_000 * (56 + 200));
        Array.ForEach(ids, names.Release);
        Assert.Equal(10_000 * 56, full - names.MemoryBytes);
    }

    [Fact]
    public void Random_use_is_a_dictionarys()
    {
        Random random = new(5);
        NameTable names = new(10_000);
        Dictionary<string, (int Id, int Uses)> model = [];
        for (int step = 0; step < 50_000; step++)
        {
            string name = $"net-{random.Next(500)}";
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            (int id, int uses) = model.GetValueOrDefault(name);
            if (random.Next(2) == 0)
            {
                int taken = names.Take(bytes, ofNetwork: true);
                Assert.True(uses == 0 || taken == id);
                model[name] = (taken, uses + 1);
            }
            else if (uses > 0)
            {
                names.Release(id);
                model[name] = (id, uses - 1);
            }

            Assert.Equal(model.GetValueOrDefault(name) is (int now, > 0) ? now : 0, names.Find(bytes));
        }

        Assert.Equal(model.Values.Count(static v => v.Uses > 0), names.Count);
    }
}
