package dev.tare.campaign.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.campaign.yaml.PlaceException;
import dev.tare.harness.CommandWords;
import dev.tare.runs.campaign.HostRole;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostListTest {
    @Test
    void ownListsSayHowEachHostIsReachedAndWhereItLives() throws Exception {
        HostList list = HostList.parse("hosts.yml", """
                management: {address: 10.0.0.1, load: 10.1.0.1}
                hosts:
                  - name: vm1
                    channel: ssh -p 2222 "root@vm 1"
                    role: guest
                    java: /opt/jdk/bin/java
                    jar: /srv/benchmarks.jar
                    machine: xen1
                    cores: 4
                    vcpus: 2
                    address: 10.0.0.11
                    load: 10.1.0.11
                  - {name: bare, role: native}
                """);

        assertThat(list.management().control()).hasValue("10.0.0.1");
        assertThat(list.management().load()).hasValue("10.1.0.1");
        HostEntry guest = list.hosts().get(0);
        assertThat(guest.channel()).containsExactly("ssh", "-p", "2222", "root@vm 1");
        assertThat(guest.machine()).hasValue("xen1");
        assertThat(guest.machineCores()).hasValue(4);
        assertThat(guest.vcpus()).hasValue(2);
        assertThat(guest.loadAddress()).hasValue("10.1.0.11");
        HostEntry bare = list.hosts().get(1);
        assertThat(bare.role()).isEqualTo(HostRole.NATIVE);
        assertThat(bare.isHere()).isTrue();
        assertThat(bare.loadAddress()).hasValue("127.0.0.1");
    }

    @Test
    void localHostsAreJvmsHere() throws Exception {
        assertThat(HostList.read("local:3").hosts())
                .extracting(HostEntry::name)
                .containsExactly("local1", "local2", "local3");
        assertThat(HostList.read("local:3").hosts()).allMatch(HostEntry::isHere);
    }

    @Test
    void inventoriesInIniFormAreReadWithTheirGroupsAndRanges() throws Exception {
        HostList list = HostList.parse("inventory", """
                # our rack
                [guests]
                vm[1:2] ansible_user=root tare_vcpus=1
                vm3 ansible_host=10.0.0.13 ansible_port=2022 tare_load=10.1.0.13

                [native]
                bare ansible_connection=local

                [xen:children]
                guests

                [xen:vars]
                tare_machine=xen1
                tare_cores=4
                """);

        assertThat(list.hosts()).extracting(HostEntry::name).containsExactly("vm1", "vm2", "vm3", "bare");
        assertThat(list.hosts().get(0).channel()).containsExactly("ssh", "root@vm1");
        assertThat(list.hosts().get(0).machine()).hasValue("xen1");
        assertThat(list.hosts().get(0).machineCores()).hasValue(4);
        assertThat(list.hosts().get(2).channel()).containsExactly("ssh", "-p", "2022", "10.0.0.13");
        assertThat(list.hosts().get(2).loadAddress()).hasValue("10.1.0.13");
        assertThat(list.hosts().get(3).role()).isEqualTo(HostRole.NATIVE);
        assertThat(list.hosts().get(3).channel()).isEmpty();
        assertThat(list.hosts().get(3).machine()).isEmpty();
    }

    @Test
    void inventoriesInYamlFormAreReadWithTheirGroups() throws Exception {
        HostList list = HostList.parse("inventory.yml", """
                all:
                  vars: {ansible_user: bench, tare_management_address: 10.0.0.1}
                  children:
                    guests:
                      hosts:
                        c1: {ansible_connection: community.docker.docker}
                        vm2:
                    native:
                      hosts:
                        bare: {tare_channel: "nice -n 5", ansible_ssh_extra: [ignored]}
                """);

        assertThat(list.management().control()).hasValue("10.0.0.1");
        assertThat(list.hosts().get(0).channel()).containsExactly("docker", "exec", "-i", "c1");
        assertThat(list.hosts().get(1).channel()).containsExactly("ssh", "bench@vm2");
        assertThat(list.hosts().get(2).channel()).containsExactly("nice", "-n", "5");
        assertThat(list.hosts().get(2).role()).isEqualTo(HostRole.NATIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts: [{name: vm1, chanel: ssh vm1}]|h line 1: expected one of name, role|got \"chanel\"",
                "hosts:\\n- name: vm1\\n  cores: many|h line 3: expected a whole number from 1|got \"many\"",
                "hosts:\\n- name: vm1\\n- name: vm1|expected each host once|vm1 twice",
                "hosts:\\n- name: vm 1|h line 2: expected a host's name|got \"vm 1\"",
                "hosts:\\n- {name: vm1, role: host}|h line 2: expected one of guest, native|got \"host\"",
                "hosts:\\n- {name: vm1, channel: \"ssh 'vm1\"}|h line 2: expected a command whose quotes are closed|ssh",
                "hosts: [|h line 1: expected YAML|",
                "hosts: []|expected at least one host|got none",
                "hosts: [{name: guests}]|expected names that plans do not use themselves|guests",
                "[guests]\\nvm1 port|h line 2: expected a host and then variables|got \"port\"",
                "[guests]\\nvm1 tare_cores=x|expected tare_cores to be a whole number|got \"x\"",
                "[guests]\\nvm1 ansible_connection=winrm|expected ansible_connection ssh|winrm",
                "[guests\\nvm1|h line 1: expected a group|[guests",
            })
    void aListThatIsWrongNamesFileAndLineAndWhatWasExpected(String text, String expected, String got) {
        assertThatExceptionOfType(PlaceException.class)
                .isThrownBy(() -> HostList.parse("h", text.replace("\\n", "\n")))
                .withMessageContaining(expected)
                .withMessageContaining(got == null ? "" : got);
    }

    @Test
    void wordsThatAreJoinedAreSplitAgain() {
        List<List<String>> commands = List.of(
                List.of("ssh", "a b", "it's", "\"x\"", "$HOME;rm"),
                List.of("plain"),
                List.of(""),
                IntStream.range(32, 127).mapToObj(c -> "x" + (char) c).toList());

        for (List<String> command : commands) {
            assertThat(CommandWords.split(CommandWords.join(command))).hasValue(command);
        }
    }
}
