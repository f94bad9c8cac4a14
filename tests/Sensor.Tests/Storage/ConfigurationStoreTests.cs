using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Storage;

public sealed class ConfigurationStoreTests
{
    private static readonly Configuration Mine = new(
        Placement.LeftShoe, CadenceConvention.OneFoot, -12, 10, new Mount(0, -1, 0, 1, 0, 0, 0, 0, 1), "Anna");

    private static readonly Configuration Other = new(Placement.RightShoe, CadenceConvention.BothFeet, -8, 8,
        Mount.Identity, "Ben");

    private readonly MemoryVolume _volume = new();

    [Fact]
    public void An_empty_flash_gives_the_defaults_and_is_no_fault()
    {
        var store = new ConfigurationStore(_volume);

        Assert.Equal(Bytes(ConfigurationStore.Default), Bytes(store.Load()));
        Assert.Equal(ConfigurationField.None, ConfigurationStore.Default.Check());
        Assert.Equal(0u, store.BadFiles);
    }

    [Fact]
    public void What_is_saved_is_loaded_after_a_restart()
    {
        Assert.True(new ConfigurationStore(_volume).Save(Mine));

        Assert.Equal(Bytes(Mine), Bytes(new ConfigurationStore(_volume).Load()));
    }

    [Fact]
    public void A_broken_file_gives_the_defaults_and_is_counted()
    {
        new ConfigurationStore(_volume).Save(Mine);
        var name = Assert.Single(_volume.List());
        var content = _volume.Read(name);
        for (var i = 0; i < content.Length; i++)
        {
            var broken = content.ToArray();
            broken[i] ^= 0x10;
            _volume.Write(name, broken, broken.Length);
            var store = new ConfigurationStore(_volume);
            Assert.Equal(Bytes(ConfigurationStore.Default), Bytes(store.Load()));
            Assert.Equal(1u, store.BadFiles);
        }
    }

    [Fact]
    public void A_flash_that_refuses_is_told_and_counted()
    {
        _volume.Broken = true;
        var store = new ConfigurationStore(_volume);

        Assert.False(store.Save(Mine));
        Assert.Equal(1u, store.FailedWrites);
        Assert.Equal(Bytes(ConfigurationStore.Default), Bytes(store.Load()));
    }

    [Fact]
    public void Power_that_fails_at_any_byte_of_a_save_leaves_the_old_or_the_new_configuration()
    {
        var lostAtAll = 0;
        for (var bytes = 0; bytes < 100; bytes++)
        {
            var volume = new MemoryVolume();
            new ConfigurationStore(volume).Save(Mine);
            volume.LosePowerAfter(bytes);
            var lost = false;
            try
            {
                new ConfigurationStore(volume).Save(Other);
            }
            catch (PowerOffException)
            {
                lost = true;
                lostAtAll++;
            }

            Assert.Equal(Bytes(lost ? Mine : Other), Bytes(new ConfigurationStore(volume).Load()));
        }

        Assert.InRange(lostAtAll, 25, 99);
    }

    [Fact]
    public void A_renaming_that_lost_power_between_its_two_steps_loses_nothing()
    {
        // What FlashVolume.Rename leaves when the power fails after the deletion and before the move.
        new ConfigurationStore(_volume).Save(Mine);
        var name = Assert.Single(_volume.List());
        _volume.Rename(name, name + ".new");

        Assert.Equal(Bytes(Mine), Bytes(new ConfigurationStore(_volume).Load()));
    }

    [Fact]
    public void Forgetting_leaves_no_file()
    {
        var store = new ConfigurationStore(_volume);
        store.Save(Mine);

        Assert.True(store.Forget());
        Assert.Empty(_volume.List());
    }

    [Fact]
    public void Starts_are_counted_and_a_flash_that_refuses_gives_no_number()
    {
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => new RunCounter(_volume, 7).Run));
        _volume.Broken = true;
        var uncounted = new RunCounter(_volume, 7);
        Assert.Equal((RunCounter.Uncounted, 0u), (uncounted.Run, uncounted.Identity));
    }

    private static byte[] Bytes(Configuration configuration)
    {
        var buffer = new byte[Configuration.MaxLength];
        return buffer[..configuration.Encode(buffer, 0)];
    }
}
